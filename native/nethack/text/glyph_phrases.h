// What the benchmark calls every glyph: phrases as small numbers, found by one look into a table.

#ifndef METAMEM_NETHACK_TEXT_GLYPH_PHRASES_H_
#define METAMEM_NETHACK_TEXT_GLYPH_PHRASES_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nethack/text/game_names.h"

namespace metamem::nethack {

// Number of a phrase; equal texts have equal numbers. 0 is no phrase.
using Phrase = uint16_t;

inline constexpr int kGlyphCount = 5976;
inline constexpr int kFirstFeatureGlyph = 2359;  // dark area; the features of the dungeon follow
inline constexpr int kFeatures = 87;

// Zero for glyphs that are mostly around and never told from afar: dark areas, walls, doorways, open doors, and floors.
// Without branches, so that compilers do many at once.
constexpr uint16_t IsNotPlain(int16_t glyph) {
  constexpr uint16_t kWallsAndDoors = 15;
  constexpr uint16_t kFirstFloor = 19;
  constexpr uint16_t kFloors = 4;
  const auto feature = static_cast<uint16_t>(static_cast<uint16_t>(glyph) - kFirstFeatureGlyph);
  const auto from_floors = static_cast<uint16_t>(feature - kFirstFloor);
  return static_cast<uint16_t>((feature >= kWallsAndDoors ? 0xffff : 0) & (from_floors >= kFloors ? 0xffff : 0));
}

// Immutable, shared by all games.
class GlyphPhrases {
 public:
  // Null when `names` is not of the game this is made for.
  static std::shared_ptr<const GlyphPhrases> Build(const GameNames& names);

  // From the names in a game library; null with `*error` set when it cannot be used.
  static std::shared_ptr<const GlyphPhrases> Load(const GameLibrary& library, GameError* error);

  // Of a glyph that is told wherever it lies on the map; 0 for other glyphs and for numbers that are no glyph.
  Phrase Anywhere(int glyph) const { return InTable(glyph) ? anywhere_[static_cast<size_t>(glyph)] : Phrase{0}; }

  // Of a feature that is told only in straight lines from the hero; 0 for all other glyphs.
  Phrase InLine(int glyph) const { return IsFeature(glyph) ? in_line_[FeatureIndex(glyph)] : Phrase{0}; }

  // Whether such a line ends here.
  bool Blocks(int glyph) const { return IsFeature(glyph) && blocks_[FeatureIndex(glyph)]; }

  std::string_view Text(Phrase phrase) const { return texts_[phrase]; }
  Phrase PluralOf(Phrase phrase) const { return plurals_[phrase]; }
  // All numbers are below.
  size_t size() const { return texts_.size(); }

 private:
  GlyphPhrases() = default;

  static bool InTable(int glyph) { return static_cast<unsigned>(glyph) < kGlyphCount; }
  static bool IsFeature(int glyph) { return static_cast<unsigned>(glyph - kFirstFeatureGlyph) < kFeatures; }
  static size_t FeatureIndex(int glyph) { return static_cast<size_t>(glyph - kFirstFeatureGlyph); }

  void NameMonsters(const GameNames& names);
  void NameObjects(const GameNames& names);
  void NameFeatures();
  void NameEffects();
  Phrase Intern(const std::string& text);
  void Name(size_t glyph, const std::string& text) { anywhere_[glyph] = Intern(text); }

  std::array<Phrase, kGlyphCount> anywhere_{};
  std::array<Phrase, kFeatures> in_line_{};
  std::array<bool, kFeatures> blocks_{};
  std::vector<std::string> texts_;
  std::vector<Phrase> plurals_;
  std::unordered_map<std::string, Phrase> numbers_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_GLYPH_PHRASES_H_
