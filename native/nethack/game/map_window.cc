#include "nethack/game/map_window.h"

#include <stdlib.h>
#include <string.h>

#include "nethack/game/nethack_headers.h"
#include "nethack/game/session.h"

namespace metamem::nethack {

MapWindow g_map;

namespace {

constexpr int16_t kUnexplored = cmap_to_glyph(S_stone);

void FillGlyphs() {
  for (auto& row : g_map.glyphs) {
    for (int16_t& glyph : row) glyph = kUnexplored;
  }
}

// Has the game describe a cell as its farlook command would. This may draw random numbers: that is part of the game
// of those who ask for descriptions.
void Describe(int x, int y, char* out) {
  coord place;
  place.x = static_cast<xchar>(x);
  place.y = static_cast<xchar>(y);
  char text[BUFSZ];
  const char* first_match = "unknown";
  const int matches = do_screen_description(place, TRUE, 0, text, &first_match, nullptr);
  strncpy(out, matches != 0 ? first_match : "", kDescriptionBytes);
}

// Whether describing a cell could leave a trace in the game. Objects that are only remembered are made anew, creatures
// become the place where something flies (`bhitpos`) and give away traps, and who hallucinates sees everything as
// something else. The hero in plain sight is looked at most often, and is harmless.
bool DescribingHasEffects(int x, int y, int glyph) {
  if (Hallucination || glyph_is_object(glyph)) return true;
  const bool is_invisible = Invis && !See_invisible;
  const bool is_plain_hero = x == u.ux && y == u.uy && !is_invisible && !u.uundetected && !Upolyd &&
                             !iflags.save_uswallow && !iflags.terrainmode;
  return glyph_is_monster(glyph) && !is_plain_hero;
}

}  // namespace

int16_t ShownGlyph(int glyph) {
  if (glyph_is_normal_object(glyph)) {
    return static_cast<int16_t>(GLYPH_OBJ_OFF + objects[glyph_to_obj(glyph)].oc_descr_idx);
  }
  return static_cast<int16_t>(glyph);
}

void StartMap() {
  FillGlyphs();
  if ((g_setup.wanted & KeyBit(kScreenDescriptions)) != 0) {
    g_map.descriptions = static_cast<decltype(g_map.descriptions)>(calloc(kMapCells, kDescriptionBytes));
  }
  g_map.changed_rows = kAllMapRows;
}

void ClearMap() {
  FillGlyphs();
  memset(g_map.chars, ' ', sizeof g_map.chars);
  memset(g_map.colors, 0, sizeof g_map.colors);
  memset(g_map.specials, 0, sizeof g_map.specials);
  if (g_map.descriptions != nullptr) memset(g_map.descriptions, 0, size_t{kMapCells} * kDescriptionBytes);
  g_map.changed_rows = kAllMapRows;
}

void StoreCell(int x, int y, int glyph, int character, int color, unsigned special) {
  const int column = x - 1;
  g_map.glyphs[y][column] = ShownGlyph(glyph);
  // The terminal shows black as something brighter, so that it can be seen at all.
  if (color == CLR_BLACK && glyph != kUnexplored) color = iflags.wc2_darkgray ? CLR_BLACK | BRIGHT : CLR_BLUE;
  g_map.chars[y][column] = static_cast<uint8_t>(character);
  g_map.colors[y][column] = static_cast<uint8_t>(color);
  g_map.specials[y][column] = static_cast<uint8_t>(special);
  if (g_map.descriptions != nullptr) {
    Describe(x, y, g_map.descriptions[y][column]);
  } else if (g_setup.plays_described && DescribingHasEffects(x, y, glyph)) {
    char unread[kDescriptionBytes];
    Describe(x, y, unread);
  }
  g_map.changed_rows |= 1u << y;
}

}  // namespace metamem::nethack
