// The raw observations the texts are made of, as pointers into whatever block holds them.

#ifndef METAMEM_NETHACK_TEXT_RAW_OBSERVATION_H_
#define METAMEM_NETHACK_TEXT_RAW_OBSERVATION_H_

#include <stdint.h>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

// Shapes and meanings as in observation_layout.h. Nothing is owned.
struct RawObservation {
  const int16_t* glyphs;
  const int64_t* blstats;
  const uint8_t* inv_strs;
  const uint8_t* inv_letters;
  const uint8_t* tty_chars;
  const uint8_t* tty_cursor;  // row, column
  const int32_t* program_state;
  const int32_t* internal;
  // Not part of the texts, and filled in only for those who ask for them.
  const uint8_t* chars;
  const uint8_t* message;
};

// Fields of `program_state`.
inline constexpr int kGameOver = 0;
inline constexpr int kInMoveLoop = 3;

// Fields of `internal`.
inline constexpr int kInQuestion = 1;
inline constexpr int kInTextInput = 2;
inline constexpr int kWaitsForSpace = 3;
inline constexpr int kOnStairsDown = 4;

// What a game has to be asked for so that all of the above is there.
inline constexpr uint32_t kTextKeys = KeyBit(kGlyphs) | KeyBit(kBlstats) | KeyBit(kInvStrs) | KeyBit(kInvLetters) |
                                      KeyBit(kTtyChars) | KeyBit(kTtyCursor) | KeyBit(kProgramState) |
                                      KeyBit(kInternal);

inline RawObservation ViewBlock(const uint8_t* block) {
  const auto at = [block](ObservationKey key) { return block + ArrayOf(key).offset; };
  RawObservation view;
  view.glyphs = reinterpret_cast<const int16_t*>(at(kGlyphs));
  view.blstats = reinterpret_cast<const int64_t*>(at(kBlstats));
  view.inv_strs = at(kInvStrs);
  view.inv_letters = at(kInvLetters);
  view.tty_chars = at(kTtyChars);
  view.tty_cursor = at(kTtyCursor);
  view.program_state = reinterpret_cast<const int32_t*>(at(kProgramState));
  view.internal = reinterpret_cast<const int32_t*>(at(kInternal));
  view.chars = at(kChars);
  view.message = at(kMessage);
  return view;
}

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_RAW_OBSERVATION_H_
