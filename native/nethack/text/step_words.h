// The published release of the agent reads distances as numbers of steps.

#ifndef METAMEM_NETHACK_TEXT_STEP_WORDS_H_
#define METAMEM_NETHACK_TEXT_STEP_WORDS_H_

#include <string_view>

#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

// Appends `text` with every word of distance, and every direction between two others, replaced, wherever in the text
// it stands: `near` becomes `3-4 steps away`, `northnortheast` becomes `between north and northeast`.
void AppendInStepWords(std::string_view text, TextBuffer* out);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_STEP_WORDS_H_
