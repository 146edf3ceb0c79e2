#include "minihack/task/goal.h"

#include <algorithm>

namespace metamem::minihack {

using nethack::EndStatus;
using nethack::ErrorCode;
using nethack::GameError;
using nethack::kMapCells;
using nethack::RawObservation;

namespace {

constexpr double kRewardOfSuccess = 1.0;
constexpr uint8_t kFountain = '{';
constexpr uint8_t kBoulder = '`';

}  // namespace

std::unique_ptr<Goal> MakeGoal(const TaskOptions& options) {
  if (options.goal == GoalKind::kBoulders) return std::make_unique<BoulderGoal>();
  return std::make_unique<StaircaseGoal>(options.penalty_step);
}

GameError StaircaseGoal::Begin(const RawObservation& raw) {
  turn_ = raw.blstats[nethack::kStatusTurn];
  return {};
}

bool StaircaseGoal::IsReached(const RawObservation& raw) const { return raw.internal[nethack::kOnStairsDown] != 0; }

double StaircaseGoal::Reward(const RawObservation& raw, EndStatus status) {
  const int64_t turn = raw.blstats[nethack::kStatusTurn];
  const double penalty = turn == turn_ ? penalty_step_ : 0.0;
  turn_ = turn;
  return (status == EndStatus::kTaskSuccessful ? kRewardOfSuccess : 0.0) + penalty;
}

GameError BoulderGoal::Begin(const RawObservation& raw) {
  places_.clear();
  for (int cell = 0; cell < kMapCells; ++cell) {
    if (raw.chars[cell] == kFountain) places_.push_back(cell);
  }
  on_places_ = CountOnPlaces(raw);
  // No boulder on no fountain would be success.
  if (!places_.empty()) return {};
  return Error(ErrorCode::kLevel, "the hero sees no fountain to push boulders onto when the episode begins");
}

bool BoulderGoal::IsReached(const RawObservation& raw) const {
  const int wanted = static_cast<int>(places_.size());
  // The rare part first: it is all a step usually costs.
  return CountOnPlaces(raw) == wanted && std::count(raw.chars, raw.chars + kMapCells, kBoulder) == wanted;
}

double BoulderGoal::Reward(const RawObservation& raw, EndStatus status) {
  constexpr double kStep = -0.001;
  constexpr double kPlacedBoulder = 0.1;
  const int before = on_places_;
  on_places_ = CountOnPlaces(raw);
  if (status == EndStatus::kTaskSuccessful) return kRewardOfSuccess;
  return status == EndStatus::kRunning ? kStep + kPlacedBoulder * (on_places_ - before) : 0.0;
}

int BoulderGoal::CountOnPlaces(const RawObservation& raw) const {
  return static_cast<int>(
      std::count_if(places_.begin(), places_.end(), [&raw](int cell) { return raw.chars[cell] == kBoulder; }));
}

}  // namespace metamem::minihack
