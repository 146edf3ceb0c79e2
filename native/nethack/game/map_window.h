// What the map shows, in the form observations have. Rows that changed are marked, so that only they are copied.

#ifndef METAMEM_NETHACK_GAME_MAP_WINDOW_H_
#define METAMEM_NETHACK_GAME_MAP_WINDOW_H_

#include <stdint.h>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

struct MapWindow {
  int16_t glyphs[kMapRows][kMapColumns];
  uint8_t chars[kMapRows][kMapColumns];
  uint8_t colors[kMapRows][kMapColumns];
  uint8_t specials[kMapRows][kMapColumns];
  // Texts of the cells, from the arena; null unless they are asked for.
  char (*descriptions)[kMapColumns][kDescriptionBytes];
  uint32_t changed_rows;
};

extern MapWindow g_map;

inline constexpr uint32_t kAllMapRows = (1u << kMapRows) - 1;

// As before the game draws anything: unexplored everywhere, the other arrays zero.
void StartMap();

// As after the game cleared the map.
void ClearMap();

// Takes over what the game shows at column `x` (from 1) and row `y`.
void StoreCell(int x, int y, int glyph, int character, int color, unsigned special);

// The glyph as the player sees it: objects by their shuffled appearance.
int16_t ShownGlyph(int glyph);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_MAP_WINDOW_H_
