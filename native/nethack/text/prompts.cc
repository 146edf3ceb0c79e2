#include "nethack/text/prompts.h"

#include <string_view>

namespace metamem::nethack {

namespace {

constexpr int kSpaceKey = ' ';
constexpr int kEscapeKey = 27;
constexpr int kQuitKey = 0x80 | 'q';
constexpr int kYesKey = 'y';

bool StaysOpen(const RawObservation& raw, OpenQuestions open) {
  if (open != OpenQuestions::kNamed) return open == OpenQuestions::kAll;
  const std::string_view message(reinterpret_cast<const char*>(raw.message), kMessageBytes);
  for (const std::string_view word : {"eat", "attack", "direction?", "pray"}) {
    if (message.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

GameError BeginPlay(Game* game, const RawObservation& raw, const GameSeeds& seeds) {
  constexpr int kMostPages = 1000;
  if (GameError error = game->Reset(seeds)) return error;
  for (int page = 0; page < kMostPages && game->running(); ++page) {
    if (raw.program_state[kInMoveLoop] != 0) return {};
    if (GameError error = game->Press(kSpaceKey)) return error;
  }
  return Error(ErrorCode::kEndedAtStart, game->over() ? "the NetHack game was over before its first turn"
                                                      : "the NetHack game does not get to its first turn");
}

GameError PassPages(Game* game, const RawObservation& raw, OpenQuestions open) {
  while (game->running()) {
    if (raw.internal[kWaitsForSpace] != 0) {
      if (GameError error = game->Press(kSpaceKey)) return error;
    } else if (raw.internal[kInTextInput] != 0) {
      if (GameError error = game->Press(kEscapeKey)) return error;
    } else {
      const bool declines = raw.internal[kInQuestion] != 0 && !StaysOpen(raw, open);
      return declines ? game->Press(kEscapeKey) : GameError();
    }
  }
  return {};
}

GameError Quit(Game* game, const RawObservation& raw) {
  if (GameError error = PassPages(game, raw, OpenQuestions::kNone)) return error;
  for (const int key : {kQuitKey, kYesKey}) {
    if (!game->running()) return {};
    if (GameError error = game->Press(key)) return error;
  }
  return PassPages(game, raw, OpenQuestions::kNone);
}

}  // namespace metamem::nethack
