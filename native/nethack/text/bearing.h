// How far and in which direction something lies from the hero, in the benchmark's words.

#ifndef METAMEM_NETHACK_TEXT_BEARING_H_
#define METAMEM_NETHACK_TEXT_BEARING_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace metamem::nethack {

// From far to near, the order in which things are told.
inline constexpr int kDistances = 5;
inline constexpr std::array<std::string_view, kDistances> kDistanceWords = {"very far", "far", "near", "very near",
                                                                            "adjacent"};

// Clockwise from north, the order in which things of one distance are told.
inline constexpr int kDirections = 16;
inline constexpr std::array<std::string_view, kDirections> kDirectionWords = {
    "north", "northnortheast", "northeast", "eastnortheast", "east", "eastsoutheast", "southeast", "southsoutheast",
    "south", "southsouthwest", "southwest", "westsouthwest", "west", "westnorthwest", "northwest", "northnorthwest"};

// Distance and direction in one number, which sorts as they do.
using Bearing = uint8_t;
inline constexpr int kBearings = kDistances * kDirections;

constexpr int DistanceOf(Bearing bearing) { return bearing / kDirections; }
constexpr int DirectionOf(Bearing bearing) { return bearing % kDirections; }

namespace bearing_internal {

constexpr int Magnitude(int64_t value) { return static_cast<int>(value < 0 ? -value : value); }

constexpr int DistanceIndex(int steps) {
  if (steps == 1) return 4;
  if (steps == 2) return 3;
  if (steps >= 3 && steps <= 5) return 2;
  return steps >= 6 && steps <= 19 ? 1 : 0;
}

// There are no angles in it: everything that is neither straight nor exactly diagonal lies between the two.
constexpr int DirectionIndex(int64_t east, int64_t north) {
  const int across = Magnitude(east);
  const int along = Magnitude(north);
  if (along == 0) return east > 0 ? 4 : 12;
  if (across == 0) return north > 0 ? 0 : 8;
  const int turn = along > across ? 1 : along == across ? 2 : 3;  // from the north-south axis
  if (north > 0) return east > 0 ? turn : 16 - turn;
  return east > 0 ? 8 - turn : 8 + turn;
}

}  // namespace bearing_internal

// Of a cell `east` columns to the right of and `north` rows above the hero, not both zero.
constexpr Bearing BearingOf(int64_t east, int64_t north) {
  const int across = bearing_internal::Magnitude(east);
  const int along = bearing_internal::Magnitude(north);
  const int steps = across > along ? across : along;
  return static_cast<Bearing>(bearing_internal::DistanceIndex(steps) * kDirections +
                              bearing_internal::DirectionIndex(east, north));
}

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_BEARING_H_
