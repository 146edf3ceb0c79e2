// Why something about a game did not work.

#ifndef METAMEM_NETHACK_HOST_ERROR_H_
#define METAMEM_NETHACK_HOST_ERROR_H_

#include <string>
#include <utility>

namespace metamem::nethack {

enum class ErrorCode {
  kNone,
  kLibrary,        // the game library cannot be read or is not one of ours
  kDataFile,       // the data file is missing or damaged
  kMemory,         // the system gives no memory for another game
  kUsage,          // a step without a running game, an unknown option
  kClosed,         // the game was closed
  kOver,           // the game is over; reset it first
  kEndedAtStart,   // the game was over before the first decision
  kGameFault,      // the game failed inside: abort, or all of its memory used
  kLevel,          // nobody can play on the level a game was given
};

// The name by which other languages know a code.
const char* ErrorName(ErrorCode code);

struct GameError {
  ErrorCode code = ErrorCode::kNone;
  std::string message;

  explicit operator bool() const { return code != ErrorCode::kNone; }
};

inline GameError Error(ErrorCode code, std::string message) { return {code, std::move(message)}; }

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_ERROR_H_
