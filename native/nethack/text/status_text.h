// The hero's statistics in words.

#ifndef METAMEM_NETHACK_TEXT_STATUS_TEXT_H_
#define METAMEM_NETHACK_TEXT_STATUS_TEXT_H_

#include <cstdint>

#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

// Appends 22 lines; the last one has no line end.
void AppendStatusText(const int64_t* blstats, TextBuffer* out);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_STATUS_TEXT_H_
