// What the hero carries, in words.

#ifndef METAMEM_NETHACK_TEXT_INVENTORY_TEXT_H_
#define METAMEM_NETHACK_TEXT_INVENTORY_TEXT_H_

#include "nethack/text/raw_observation.h"
#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

// Appends a line `letter: name` for each thing carried.
void AppendInventoryText(const RawObservation& raw, TextBuffer* out);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_INVENTORY_TEXT_H_
