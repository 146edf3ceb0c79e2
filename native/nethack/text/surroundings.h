// The benchmark's language observation: what lies around the hero, in words.

#ifndef METAMEM_NETHACK_TEXT_SURROUNDINGS_H_
#define METAMEM_NETHACK_TEXT_SURROUNDINGS_H_

#include <array>
#include <memory>
#include <vector>

#include "nethack/text/bearing.h"
#include "nethack/text/glyph_phrases.h"
#include "nethack/text/raw_observation.h"
#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

// Keeps work space between calls and nothing else, so one object serves any number of games, one after the other.
class Surroundings {
 public:
  explicit Surroundings(std::shared_ptr<const GlyphPhrases> phrases);

  // Appends a line for everything of one name and distance, far things first; nothing where nothing is to be told.
  void Append(const int16_t* glyphs, const int64_t* blstats, TextBuffer* out);

 private:
  // Something to be told.
  struct Sight {
    Phrase phrase;
    Bearing bearing;
  };

  // All sights of one phrase at one distance: the directions they lie in, one bit each.
  struct Group {
    Phrase phrase;
    uint16_t seen;   // at least one lies there
    uint16_t again;  // at least two lie there
  };

  void CollectEverywhere(const int16_t* glyphs);
  void CollectCells(const int16_t* glyphs, int first, int last);
  void CollectInLines(const int16_t* glyphs);
  void See(Phrase phrase, Bearing bearing) {
    sights_[sight_count_++] = {phrase, bearing};
    ++bearing_counts_[bearing];
  }
  void SortSights();
  size_t GroupSights(size_t first, size_t last);
  size_t PlanLines(size_t group_count);
  void AppendLine(Phrase phrase, int distance, TextBuffer* out) const;

  static constexpr int kLines = 8;
  static constexpr int kLineReach = 9;
  static constexpr size_t kMaxSights = kMapCells + kLines * kLineReach;

  std::shared_ptr<const GlyphPhrases> phrases_;
  int64_t hero_x_ = 0;
  int64_t hero_y_ = 0;

  size_t sight_count_ = 0;
  std::array<Sight, kMaxSights> sights_;
  std::array<Sight, kMaxSights> sorted_;
  std::array<uint16_t, kBearings> bearing_counts_{};

  std::array<Group, kMaxSights> groups_;
  std::array<Phrase, 2 * kMaxSights> lines_;
  std::vector<uint16_t> group_of_phrase_;       // a guess, confirmed by the group itself
  std::vector<uint16_t> directions_of_phrase_;  // of the lines planned last
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_SURROUNDINGS_H_
