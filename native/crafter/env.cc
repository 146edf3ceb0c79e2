#include "crafter/env.h"

#include <cmath>

#include "crafter/balance.h"
#include "crafter/creatures.h"
#include "crafter/player.h"
#include "crafter/python_semantics.h"
#include "crafter/worldgen.h"

namespace metamem::crafter {
namespace {

constexpr double kPi = 3.141592653589793;
constexpr double kDayLength = 300;
constexpr int64_t kWorldSeedModulus = (int64_t{1} << 31) - 1;

}  // namespace

double DaylightAt(int64_t step) {
  const double progress = std::fmod(static_cast<double>(step) / kDayLength, 1.0) + 0.3;
  return 1 - std::pow(std::fabs(std::cos(kPi * progress)), 3.0);
}

void Env::Reset(int64_t seed, int64_t episode) {
  State& state = world_.state;
  state.seed = seed;
  state.episode = episode;
  state.world_seed = FlooredModulus(PythonPairHash(seed, episode), kWorldSeedModulus);
  state.step = 0;
  state.rng.Seed(static_cast<uint32_t>(state.world_seed));
  state.daylight = DaylightAt(0);
  state.outcome = {};
  state.unlocked = 0;
  state.reward_health = kMaxItem;
  world_.Clear();
  AddPlayer(&world_);
  GenerateWorld(&world_, &tunnels_);
  DrawFrame();
  if (world_.config().initial_noop) Step(kNoop);
}

Outcome Env::Step(Action action) {
  world_.Compact();
  State& state = world_.state;
  ++state.step;
  state.daylight = DaylightAt(state.step);
  state.player.action = action;
  const int range = world_.config().update_range();
  // Objects added during the step wait for the next one. The player is first and always in range.
  const int end = state.num_objects;
  UpdatePlayer(&world_);
  for (int i = kPlayerIndex + 1; i < end; ++i) {
    const Object& object = world_.object(i);
    if (!object.removed && world_.DistanceToPlayer(object.x, object.y) < range) UpdateCreature(&world_, i);
  }
  if (state.step % kBalancePeriod == 0) BalanceWorld(&world_);
  for (int i = 0; i < world_.config().renders_per_step; ++i) DrawFrame();
  return Judge();
}

void Env::DrawFrame() {
  State& state = world_.state;
  if (state.daylight >= kDarkBelow || !world_.config().night_draws) return;
  state.frame_rng = state.rng;
  state.rng.Skip(2 * world_.config().noise_per_render());
}

Outcome Env::Judge() {
  State& state = world_.state;
  const int health = state.player.items[kHealth];
  double reward = (health - state.reward_health) / 10.0;
  state.reward_health = health;
  uint32_t reached = 0;
  for (int i = 0; i < kNumAchievements; ++i) reached |= uint32_t{state.player.achievements[i] > 0} << i;
  if (reached & ~state.unlocked) reward += 1.0;
  state.unlocked |= reached;
  const double length = world_.config().length;
  const bool over = length != 0 && static_cast<double>(state.step) >= length;
  state.outcome = {world_.config().reward ? reward : 0.0, health <= 0 || over};
  return state.outcome;
}

}  // namespace metamem::crafter
