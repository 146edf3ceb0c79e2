#include "nethack/game/level_view.h"

#include "nethack/game/nethack_headers.h"
#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {
namespace {

// Walls look like what of them was seen from.
int GroundGlyph(int x, int y) {
  struct rm& place = levl[x][y];
  const auto seen_from = place.seenv;
  place.seenv = SVALL;
  const int glyph = back_to_glyph(static_cast<xchar>(x), static_cast<xchar>(y));
  place.seenv = seen_from;
  return glyph;
}

int GlyphAt(int x, int y) {
  if (x == u.ux && y == u.uy) return hero_glyph;
  if (struct monst* creature = m_at(x, y)) return mon_to_glyph(creature, rn2_on_display_rng);
  if (struct obj* object = level.objects[x][y]) return obj_to_glyph(object, rn2_on_display_rng);
  if (struct trap* trap = t_at(x, y)) return trap_to_glyph(trap, rn2_on_display_rng);
  return GroundGlyph(x, y);
}

}  // namespace

void ViewLevel(uint8_t* chars, uint8_t* colors) {
  for (int y = 0; y < kMapRows; ++y) {
    for (int x = 1; x <= kMapColumns; ++x) {
      int character, color;
      unsigned special;
      mapglyph(GlyphAt(x, y), &character, &color, &special, x, y, 0);
      *chars++ = static_cast<uint8_t>(character);
      *colors++ = static_cast<uint8_t>(color);
    }
  }
}

}  // namespace metamem::nethack
