#include "nethack_session.h"

namespace metamem {

using nethack::BenchmarkStep;
using nethack::ErrorCode;
using nethack::GameError;

std::unique_ptr<NethackSession> NethackSession::Open(std::shared_ptr<const nethack::GameLibrary> library,
                                                     nethack::Contexts* contexts, const NethackConfig& config,
                                                     uint8_t* block, GameError* error) {
  auto game = nethack::Game::Open(std::move(library), config.game, block, error);
  if (game == nullptr) return nullptr;
  return std::unique_ptr<NethackSession>(new NethackSession(std::move(game), contexts, config, block));
}

NethackSession::NethackSession(std::unique_ptr<nethack::Game> game, nethack::Contexts* contexts,
                               const NethackConfig& config, uint8_t* block)
    : game_(std::move(game)),
      episode_(game_.get(), block, contexts, config.benchmark),
      results_(reinterpret_cast<NethackResults*>(block + nethack::BlockBytes(config.game.wanted))),
      can_play_benchmark_((config.game.wanted & nethack::kTextKeys) == nethack::kTextKeys) {}

GameError NethackSession::Reset(const nethack::GameSeeds& seeds) {
  play_ = Play::kNothing;
  if (!can_play_benchmark_) return Error(ErrorCode::kUsage, "the benchmark needs more raw arrays than were asked for");
  if (GameError error = episode_.Reset(seeds)) return error;
  play_ = Play::kBenchmark;
  WriteResults({});
  return {};
}

GameError NethackSession::Step(std::string_view action) {
  if (play_ != Play::kBenchmark) return Error(ErrorCode::kUsage, "reset the game before a step");
  BenchmarkStep step;
  if (GameError error = episode_.Step(action, &step)) return error;
  WriteResults(step);
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

void NethackSession::WriteResults(const BenchmarkStep& step) {
  results_->reward = step.reward;
  results_->terminated = step.terminated;
  results_->truncated = step.truncated;
  results_->over = game_->over();
  results_->how_done = game_->how_done();
}

}  // namespace metamem
