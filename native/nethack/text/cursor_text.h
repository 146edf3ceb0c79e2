// What lies under the terminal's cursor, in words.

#ifndef METAMEM_NETHACK_TEXT_CURSOR_TEXT_H_
#define METAMEM_NETHACK_TEXT_CURSOR_TEXT_H_

#include "nethack/text/glyph_phrases.h"
#include "nethack/text/raw_observation.h"
#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

// Appends nothing when the cursor is outside the map.
void AppendCursorText(const GlyphPhrases& phrases, const RawObservation& raw, TextBuffer* out);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_CURSOR_TEXT_H_
