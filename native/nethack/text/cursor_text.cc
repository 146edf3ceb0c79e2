#include "nethack/text/cursor_text.h"

#include "nethack/text/bearing.h"

namespace metamem::nethack {

void AppendCursorText(const GlyphPhrases& phrases, const RawObservation& raw, TextBuffer* out) {
  const int64_t column = raw.tty_cursor[1];
  const int64_t row = raw.tty_cursor[0] - 1;  // the map begins in the second row
  const int64_t east = column - raw.blstats[kStatusX];
  const int64_t north = raw.blstats[kStatusY] - row;
  // The screen is one column wider than the map: in its last column the cursor meets the first cell of the next row.
  // The map's very first cell counts as outside.
  const int64_t cell = column + row * kMapColumns;
  const bool in_reach = east >= -kMapColumns && east < kMapColumns && north >= -kMapRows && north < kMapRows;
  if (!in_reach || cell <= 0 || cell >= kMapCells) return;

  if (east == 0 && north == 0) {
    out->Append("Yourself a ");
  } else {
    const Bearing bearing = BearingOf(east, north);
    out->Append(kDistanceWords[static_cast<size_t>(DistanceOf(bearing))]);
    out->Append(' ');
    out->Append(kDirectionWords[static_cast<size_t>(DirectionOf(bearing))]);
    out->Append(' ');
  }
  out->Append(phrases.Text(phrases.Anywhere(raw.glyphs[cell])));
}

}  // namespace metamem::nethack
