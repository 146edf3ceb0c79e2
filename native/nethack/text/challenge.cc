#include "nethack/text/challenge.h"

namespace metamem::nethack {

namespace {

constexpr int kSpaceKey = ' ';
constexpr int kEscapeKey = 27;
constexpr int kQuitKey = 0x80 | 'q';
constexpr int kYesKey = 'y';

// Fields of the arrays `program_state` and `internal`.
constexpr int kGameOver = 0;
constexpr int kInMoveLoop = 3;
constexpr int kInQuestion = 1;
constexpr int kInTextInput = 2;
constexpr int kWaitsForSpace = 3;

}  // namespace

GameError Challenge::Reset(const GameSeeds& seeds) {
  constexpr int kMostPages = 1000;
  steps_ = 0;
  knows_turn_ = false;
  idle_steps_ = 0;
  if (GameError error = game_->Reset(seeds)) return error;
  for (int page = 0; page < kMostPages && game_->running(); ++page) {
    if (raw_.program_state[kInMoveLoop] != 0) return {};
    if (GameError error = game_->Press(kSpaceKey)) return error;
  }
  return Error(ErrorCode::kEndedAtStart, game_->over() ? "the NetHack game was over before its first turn"
                                                       : "the NetHack game does not get to its first turn");
}

GameError Challenge::Step(int key, StepOutcome* outcome) {
  const int64_t score_before = raw_.blstats[kStatusScore];
  if (GameError error = game_->Press(key)) return error;
  if (game_->running() && raw_.program_state[kGameOver] == 1) {
    if (GameError error = PassPages(false)) return error;
  }
  ++steps_;
  const bool gives_up = GivesUp();
  outcome->status = game_->over() ? EndStatus::kDeath : gives_up ? EndStatus::kAborted : EndStatus::kRunning;
  // An ended game shows a score of zero, which says nothing.
  outcome->reward = game_->in_normal_game() ? static_cast<double>(raw_.blstats[kStatusScore] - score_before) : 0.0;
  return outcome->status == EndStatus::kAborted ? Quit() : GameError();
}

// Turns pages and leaves inputs until there is nothing but a question, or play goes on, or the game is over.
GameError Challenge::PassPages(bool answer_questions) {
  while (game_->running()) {
    if (raw_.internal[kWaitsForSpace] != 0) {
      if (GameError error = game_->Press(kSpaceKey)) return error;
    } else if (raw_.internal[kInTextInput] != 0) {
      if (GameError error = game_->Press(kEscapeKey)) return error;
    } else {
      // A question ends this, answered or not, whatever comes after it.
      const bool answers = raw_.internal[kInQuestion] != 0 && answer_questions;
      return answers ? game_->Press(kEscapeKey) : GameError();
    }
  }
  return {};
}

// Where this does not succeed the game simply stays as it is; the episode has ended all the same.
GameError Challenge::Quit() {
  if (GameError error = PassPages(true)) return error;
  for (const int key : {kQuitKey, kYesKey}) {
    if (!game_->running()) return {};
    if (GameError error = game_->Press(key)) return error;
  }
  return PassPages(true);
}

bool Challenge::GivesUp() {
  const int64_t turn = raw_.blstats[kStatusTurn];
  if (knows_turn_ && turn == last_turn_) {
    ++idle_steps_;
  } else {
    knows_turn_ = true;
    last_turn_ = turn;
    idle_steps_ = 0;
  }
  return steps_ >= options_.max_steps || idle_steps_ >= options_.no_progress_timeout;
}

}  // namespace metamem::nethack
