#include "minihack/task/task_episode.h"

#include "nethack/text/prompts.h"
#include "nethack/text/screen_message.h"

namespace metamem::minihack {

using nethack::AppendScreenMessage;
using nethack::EndStatus;
using nethack::ErrorCode;
using nethack::GameError;
using nethack::OpenQuestions;

GameError TaskEpisode::Reset(const nethack::GameSeeds& seeds) {
  over_ = true;
  statistics_ = {};
  message_.clear();
  if (GameError error = BeginPlay(game_, raw_, seeds)) return error;
  // Where there is no room for the hero the game goes on without one, at a place that it takes for every staircase.
  const bool is_nowhere = raw_.blstats[nethack::kStatusX] < 0;
  if (is_nowhere) return Error(ErrorCode::kLevel, "the level has no place where the hero can begin");
  if (GameError error = goal_->Begin(raw_)) return error;
  over_ = false;
  AppendScreenMessage(raw_.tty_chars, &message_);
  return {};
}

GameError TaskEpisode::Play(size_t action, nethack::StepResult* result) {
  if (over_) return Error(ErrorCode::kOver, "step of a finished episode; reset it first");
  over_ = true;
  if (GameError error = game_->Press(options_.keys[action])) return error;
  // Menus count as pages here: they are gone before anybody can choose from them.
  const OpenQuestions open = options_.keeps_questions ? OpenQuestions::kAll : OpenQuestions::kNamed;
  if (GameError error = PassPages(game_, raw_, open)) return error;
  ++statistics_.steps;
  const EndStatus status = StatusNow();
  // Before the game is quit, which leaves nothing to be seen.
  result->reward = goal_->Reward(raw_, status);
  over_ = status != EndStatus::kRunning;
  if (over_ && game_->running()) {
    if (GameError error = Quit(game_, raw_)) return error;
  }
  message_.clear();
  AppendScreenMessage(raw_.tty_chars, &message_);
  result->truncated = status == EndStatus::kAborted;
  result->terminated = over_ && !result->truncated;
  statistics_.episode_return += result->reward;
  statistics_.progression = result->reward >= 1.0 ? 1.0 : 0.0;
  statistics_.status = status;
  return {};
}

// The limit goes before success, and both before nothing but the end of the game itself.
EndStatus TaskEpisode::StatusNow() const {
  if (game_->over()) return EndStatus::kDeath;
  if (statistics_.steps >= options_.max_steps) return EndStatus::kAborted;
  return goal_->IsReached(raw_) ? EndStatus::kTaskSuccessful : EndStatus::kRunning;
}

}  // namespace metamem::minihack
