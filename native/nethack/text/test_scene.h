// What tests of the texts are made with.

#ifndef METAMEM_NETHACK_TEXT_TEST_SCENE_H_
#define METAMEM_NETHACK_TEXT_TEST_SCENE_H_

#include <stdio.h>

#include <algorithm>
#include <string>
#include <vector>

#include "nethack/text/raw_observation.h"

namespace metamem::nethack {

inline int g_failures = 0;

inline void Expect(const std::string& what, const std::string& actual, const std::string& expected) {
  if (actual == expected) return;
  printf("%s:\n[%s]\nexpected\n[%s]\n", what.c_str(), actual.c_str(), expected.c_str());
  ++g_failures;
}

inline void Expect(const std::string& what, int64_t actual, int64_t expected) {
  Expect(what, std::to_string(actual), std::to_string(expected));
}

inline constexpr int16_t kFloor = 2378;

// A hero on a map, a screen and an inventory that tests fill in.
struct Scene {
  Scene()
      : glyphs(kMapCells, kFloor),
        blstats(kStatusFields),
        inv_strs(kInventorySlots * kInventoryTextBytes),
        inv_letters(kInventorySlots),
        screen(kScreenRows * kScreenColumns, ' '),
        cursor(2) {
    blstats[kStatusX] = 40;
    blstats[kStatusY] = 10;
  }

  // Relative to the hero.
  void Put(int east, int south, int glyph) {
    const auto cell = (blstats[kStatusY] + south) * kMapColumns + blstats[kStatusX] + east;
    glyphs[static_cast<size_t>(cell)] = static_cast<int16_t>(glyph);
  }

  void Print(size_t row, size_t column, const std::string& text) {
    std::copy(text.begin(), text.end(), screen.begin() + static_cast<ptrdiff_t>(row * kScreenColumns + column));
  }

  RawObservation raw() const {
    RawObservation view = {};
    view.glyphs = glyphs.data();
    view.blstats = blstats.data();
    view.inv_strs = inv_strs.data();
    view.inv_letters = inv_letters.data();
    view.tty_chars = screen.data();
    view.tty_cursor = cursor.data();
    return view;
  }

  std::vector<int16_t> glyphs;
  std::vector<int64_t> blstats;
  std::vector<uint8_t> inv_strs;
  std::vector<uint8_t> inv_letters;
  std::vector<uint8_t> screen;
  std::vector<uint8_t> cursor;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_TEST_SCENE_H_
