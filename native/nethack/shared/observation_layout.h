// Where each raw observation lies in the one block a game writes for its caller.
//
// Names, element types, shapes and meaning are those of the NetHack Learning Environment; all numbers are little
// endian as on every machine the games run on. The block's layout does not depend on what is asked for. The one large
// array lies last, so a caller that does not ask for it may own a shorter block (see BlockBytes).

#ifndef METAMEM_NETHACK_SHARED_OBSERVATION_LAYOUT_H_
#define METAMEM_NETHACK_SHARED_OBSERVATION_LAYOUT_H_

#include <stddef.h>
#include <stdint.h>

namespace metamem::nethack {

inline constexpr int kMapRows = 21;
inline constexpr int kMapColumns = 79;
inline constexpr int kMapCells = kMapRows * kMapColumns;
inline constexpr int kScreenRows = 24;
inline constexpr int kScreenColumns = 80;
inline constexpr int kInventorySlots = 55;
inline constexpr int kInventoryTextBytes = 80;
inline constexpr int kDescriptionBytes = 80;
inline constexpr int kMessageBytes = 256;
inline constexpr int kStatusFields = 27;
inline constexpr int kProgramStateFields = 6;
inline constexpr int kInternalFields = 9;
inline constexpr int kMiscFields = 3;

// Indexes into the status array (`blstats`).
enum StatusField {
  kStatusX = 0,
  kStatusY,
  kStatusStrength,
  kStatusStrengthPercentage,
  kStatusDexterity,
  kStatusConstitution,
  kStatusIntelligence,
  kStatusWisdom,
  kStatusCharisma,
  kStatusScore,
  kStatusHitPoints,
  kStatusMaxHitPoints,
  kStatusDepth,
  kStatusGold,
  kStatusEnergy,
  kStatusMaxEnergy,
  kStatusArmorClass,
  kStatusMonsterLevel,
  kStatusExperienceLevel,
  kStatusExperiencePoints,
  kStatusTurn,
  kStatusHunger,
  kStatusEncumbrance,
  kStatusDungeon,
  kStatusLevel,
  kStatusConditions,
  kStatusAlignment,
};

// The seventeen arrays. A set of them is a bit mask of `1 << key`.
enum ObservationKey {
  kGlyphs = 0,
  kChars,
  kColors,
  kSpecials,
  kBlstats,
  kMessage,
  kProgramState,
  kInternal,
  kInvGlyphs,
  kInvStrs,
  kInvLetters,
  kInvOclasses,
  kTtyChars,
  kTtyColors,
  kTtyCursor,
  kMisc,
  kScreenDescriptions,
  kObservationKeys,
};

inline constexpr uint32_t KeyBit(ObservationKey key) { return 1u << key; }
inline constexpr uint32_t kAllKeys = (1u << kObservationKeys) - 1;

struct ObservationArray {
  const char* name;
  int element_bytes;
  int elements;
  int offset;

  constexpr int bytes() const { return element_bytes * elements; }
};

namespace layout_internal {

struct Layout {
  ObservationArray arrays[kObservationKeys];
};

constexpr Layout MakeLayout() {
  Layout layout = {{
      {"glyphs", 2, kMapCells, 0},
      {"chars", 1, kMapCells, 0},
      {"colors", 1, kMapCells, 0},
      {"specials", 1, kMapCells, 0},
      {"blstats", 8, kStatusFields, 0},
      {"message", 1, kMessageBytes, 0},
      {"program_state", 4, kProgramStateFields, 0},
      {"internal", 4, kInternalFields, 0},
      {"inv_glyphs", 2, kInventorySlots, 0},
      {"inv_strs", 1, kInventorySlots * kInventoryTextBytes, 0},
      {"inv_letters", 1, kInventorySlots, 0},
      {"inv_oclasses", 1, kInventorySlots, 0},
      {"tty_chars", 1, kScreenRows * kScreenColumns, 0},
      {"tty_colors", 1, kScreenRows * kScreenColumns, 0},
      {"tty_cursor", 1, 2, 0},
      {"misc", 4, kMiscFields, 0},
      {"screen_descriptions", 1, kMapCells * kDescriptionBytes, 0},
  }};
  int offset = 0;
  for (ObservationArray& array : layout.arrays) {
    array.offset = offset;
    offset += (array.bytes() + 7) / 8 * 8;
  }
  return layout;
}

inline constexpr Layout kLayout = MakeLayout();

}  // namespace layout_internal

constexpr const ObservationArray& ArrayOf(ObservationKey key) { return layout_internal::kLayout.arrays[key]; }

// Bytes of a block that holds the arrays in `wanted`.
constexpr size_t BlockBytes(uint32_t wanted) {
  const ObservationArray& last = ArrayOf(kScreenDescriptions);
  return (wanted & KeyBit(kScreenDescriptions)) != 0 ? last.offset + last.bytes() : last.offset;
}

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_SHARED_OBSERVATION_LAYOUT_H_
