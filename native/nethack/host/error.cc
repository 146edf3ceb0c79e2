#include "nethack/host/error.h"

namespace metamem::nethack {

const char* ErrorName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNone:
      return "none";
    case ErrorCode::kLibrary:
      return "library";
    case ErrorCode::kDataFile:
      return "data-file";
    case ErrorCode::kMemory:
      return "memory";
    case ErrorCode::kUsage:
      return "usage";
    case ErrorCode::kClosed:
      return "closed";
    case ErrorCode::kOver:
      return "over";
    case ErrorCode::kEndedAtStart:
      return "ended-at-start";
    case ErrorCode::kGameFault:
      return "game-fault";
    case ErrorCode::kLevel:
      return "level";
  }
  return "none";
}

}  // namespace metamem::nethack
