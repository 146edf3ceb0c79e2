#include "nethack_session.h"

namespace metamem {

using nethack::ErrorCode;
using nethack::GameError;
using nethack::StepResult;

namespace {

GameError NoEpisode() { return Error(ErrorCode::kUsage, "an episode needs more raw arrays than were asked for"); }

}  // namespace

GameError NethackSession::Reset(const nethack::GameSeeds& seeds) {
  play_ = Play::kNothing;
  if (episode_ == nullptr) return NoEpisode();
  if (GameError error = episode_->Reset(seeds)) return error;
  play_ = Play::kEpisode;
  WriteResults({});
  return {};
}

GameError NethackSession::Step(size_t action) {
  if (play_ != Play::kEpisode) return Error(ErrorCode::kUsage, "reset the game before a step");
  StepResult step;
  if (GameError error = episode_->Play(action, &step)) return error;
  WriteResults(step);
  return {};
}

GameError NethackSession::WriteTexts() {
  if (episode_ == nullptr) return NoEpisode();
  episode_->WriteTexts();
  return {};
}

GameError NethackSession::Start(const nethack::GameSeeds& seeds) {
  play_ = Play::kNothing;
  if (GameError error = game_->Reset(seeds)) return error;
  play_ = Play::kKeys;
  WriteResults({});
  return {};
}

GameError NethackSession::Press(int32_t key) {
  if (play_ != Play::kKeys) return Error(ErrorCode::kUsage, "start the game before pressing keys");
  if (GameError error = game_->Press(key)) return error;
  WriteResults({});
  return {};
}

void NethackSession::WriteResults(const StepResult& step) {
  results_->reward = step.reward;
  results_->terminated = step.terminated;
  results_->truncated = step.truncated;
  results_->over = game_->over();
  results_->how_done = game_->how_done();
}

}  // namespace metamem
