#include "nethack/text/challenge.h"

#include "nethack/text/prompts.h"

namespace metamem::nethack {

GameError Challenge::Reset(const GameSeeds& seeds) {
  steps_ = 0;
  knows_turn_ = false;
  idle_steps_ = 0;
  return BeginPlay(game_, raw_, seeds);
}

GameError Challenge::Step(int key, StepOutcome* outcome) {
  const int64_t score_before = raw_.blstats[kStatusScore];
  if (GameError error = game_->Press(key)) return error;
  if (game_->running() && raw_.program_state[kGameOver] == 1) {
    if (GameError error = PassPages(game_, raw_, OpenQuestions::kAll)) return error;
  }
  ++steps_;
  const bool gives_up = GivesUp();
  outcome->status = game_->over() ? EndStatus::kDeath : gives_up ? EndStatus::kAborted : EndStatus::kRunning;
  // An ended game shows a score of zero, which says nothing.
  outcome->reward = game_->in_normal_game() ? static_cast<double>(raw_.blstats[kStatusScore] - score_before) : 0.0;
  return outcome->status == EndStatus::kAborted ? Quit(game_, raw_) : GameError();
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
