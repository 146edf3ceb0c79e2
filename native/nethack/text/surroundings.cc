#include "nethack/text/surroundings.h"

namespace metamem::nethack {

namespace {

// The lines in which plain features are told, in the order they are walked.
struct Way {
  int east;
  int south;
};
constexpr Way kWays[] = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};

// A piece of a list of directions: `, northnortheast` padded to a size that copies in one go.
struct DirectionPiece {
  static constexpr size_t kBytes = 16;

  constexpr DirectionPiece() : text(), size(0) {}

  char text[kBytes];
  size_t size;
};

struct DirectionPieces {
  constexpr DirectionPieces() : pieces() {
    for (size_t i = 0; i < kDirections; ++i) {
      DirectionPiece& piece = pieces[i];
      piece.text[piece.size++] = ',';
      piece.text[piece.size++] = ' ';
      for (const char letter : kDirectionWords[i]) piece.text[piece.size++] = letter;
    }
  }

  DirectionPiece pieces[kDirections];
};

constexpr DirectionPieces kPieces;
constexpr size_t kSeparatorBytes = 2;

// Writes the words for a set of directions, which is not empty, and returns where they end. May write up to a piece
// more than it uses.
char* WriteDirections(unsigned directions, char* end) {
  const bool is_list = (directions & (directions - 1)) != 0;
  const bool is_pair = is_list && __builtin_popcount(directions) == 2;
  char* const begin = end;
  while (directions != 0) {
    const DirectionPiece& piece = kPieces.pieces[__builtin_ctz(directions)];
    directions &= directions - 1;
    if (end == begin) {
      memcpy(end, piece.text + kSeparatorBytes, DirectionPiece::kBytes - kSeparatorBytes);
      end += piece.size - kSeparatorBytes;
      continue;
    }
    if (directions != 0) {
      memcpy(end, piece.text, DirectionPiece::kBytes);
      end += piece.size;
      continue;
    }
    const std::string_view joint = is_pair ? " and " : ", and ";
    memcpy(end, joint.data(), joint.size());
    end += joint.size();
    memcpy(end, piece.text + kSeparatorBytes, DirectionPiece::kBytes - kSeparatorBytes);
    end += piece.size - kSeparatorBytes;
  }
  return end;
}

}  // namespace

Surroundings::Surroundings(std::shared_ptr<const GlyphPhrases> phrases)
    : phrases_(std::move(phrases)), group_of_phrase_(phrases_->size()), directions_of_phrase_(phrases_->size()) {}

void Surroundings::Append(const int16_t* glyphs, const int64_t* blstats, TextBuffer* out) {
  hero_x_ = blstats[kStatusX];
  hero_y_ = blstats[kStatusY];
  sight_count_ = 0;
  bearing_counts_.fill(0);
  CollectEverywhere(glyphs);
  CollectInLines(glyphs);
  SortSights();

  const size_t begin = out->size();
  for (int distance = 0; distance < kDistances; ++distance) {
    // Sorting has left behind where each bearing's sights end.
    const size_t first = distance == 0 ? 0 : bearing_counts_[static_cast<size_t>(distance * kDirections - 1)];
    const size_t last = bearing_counts_[static_cast<size_t>((distance + 1) * kDirections - 1)];
    if (first == last) continue;
    const size_t line_count = PlanLines(GroupSights(first, last));
    for (size_t i = 0; i < line_count; ++i) AppendLine(lines_[i], distance, out);
  }
  if (out->size() > begin) out->Truncate(out->size() - 1);
}

void Surroundings::CollectEverywhere(const int16_t* glyphs) {
  // Nearly all cells are plain; whole chunks of them are passed over without a look into the table.
  constexpr int kChunk = 24;
  int cell = 0;
  for (; cell + kChunk <= kMapCells; cell += kChunk) {
    uint16_t interesting = 0;
    for (int i = 0; i < kChunk; ++i) interesting |= IsNotPlain(glyphs[cell + i]);
    if (interesting != 0) CollectCells(glyphs, cell, cell + kChunk);
  }
  CollectCells(glyphs, cell, kMapCells);
}

void Surroundings::CollectCells(const int16_t* glyphs, int first, int last) {
  for (int cell = first; cell < last; ++cell) {
    const Phrase phrase = phrases_->Anywhere(glyphs[cell]);
    if (phrase == 0) continue;
    const int64_t east = cell % kMapColumns - hero_x_;
    const int64_t north = hero_y_ - cell / kMapColumns;
    if (east != 0 || north != 0) See(phrase, BearingOf(east, north));
  }
}

void Surroundings::CollectInLines(const int16_t* glyphs) {
  for (const Way& way : kWays) {
    int64_t x = hero_x_;
    int64_t y = hero_y_;
    for (int steps = 1; steps <= kLineReach; ++steps) {
      x += way.east;
      y += way.south;
      if (x < 0 || x >= kMapColumns || y < 0 || y >= kMapRows) break;
      const int16_t glyph = glyphs[y * kMapColumns + x];
      const Phrase phrase = phrases_->InLine(glyph);
      if (phrase == 0) continue;
      See(phrase, BearingOf(way.east * steps, -way.south * steps));
      if (phrases_->Blocks(glyph)) break;
    }
  }
}

void Surroundings::SortSights() {
  uint16_t begin = 0;
  for (uint16_t& count : bearing_counts_) {
    const uint16_t sights = count;
    count = begin;
    begin = static_cast<uint16_t>(begin + sights);
  }
  for (size_t i = 0; i < sight_count_; ++i) sorted_[bearing_counts_[sights_[i].bearing]++] = sights_[i];
}

// Groups sights of one distance in the order in which their phrases appear.
size_t Surroundings::GroupSights(size_t first, size_t last) {
  size_t count = 0;
  for (size_t i = first; i < last; ++i) {
    const Sight& sight = sorted_[i];
    size_t group = group_of_phrase_[sight.phrase];
    if (group >= count || groups_[group].phrase != sight.phrase) {
      group = count++;
      groups_[group] = {sight.phrase, 0, 0};
      group_of_phrase_[sight.phrase] = static_cast<uint16_t>(group);
    }
    const auto direction = static_cast<uint16_t>(1u << DirectionOf(sight.bearing));
    groups_[group].again |= groups_[group].seen & direction;
    groups_[group].seen |= direction;
  }
  return count;
}

// A group gives a line for directions with one sight and a line, in the plural, for those with more. Lines with the
// same words are the same line to the benchmark: what is said last is said in all of them.
size_t Surroundings::PlanLines(size_t group_count) {
  size_t count = 0;
  for (size_t i = 0; i < group_count; ++i) {
    const Group& group = groups_[i];
    const auto once = static_cast<uint16_t>(group.seen & ~group.again);
    if (once != 0) {
      lines_[count++] = group.phrase;
      directions_of_phrase_[group.phrase] = once;
    }
    if (group.again != 0) {
      const Phrase plural = phrases_->PluralOf(group.phrase);
      lines_[count++] = plural;
      directions_of_phrase_[plural] = group.again;
    }
  }
  return count;
}

void Surroundings::AppendLine(Phrase phrase, int distance, TextBuffer* out) const {
  constexpr size_t kMoreThanTheRest = 32 + (kDirections + 1) * DirectionPiece::kBytes;
  const std::string_view name = phrases_->Text(phrase);
  const std::string_view word = kDistanceWords[static_cast<size_t>(distance)];
  char* const begin = out->Room(name.size() + kMoreThanTheRest);
  char* end = begin;
  memcpy(end, name.data(), name.size());
  end += name.size();
  *end++ = ' ';
  memcpy(end, word.data(), word.size());
  end += word.size();
  *end++ = ' ';
  end = WriteDirections(directions_of_phrase_[phrase], end);
  *end++ = '\n';
  out->Advance(static_cast<size_t>(end - begin));
}

}  // namespace metamem::nethack
