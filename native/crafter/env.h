// The game itself: reset and step as the reference's environment performs them.

#ifndef METAMEM_CRAFTER_ENV_H_
#define METAMEM_CRAFTER_ENV_H_

#include <vector>

#include "crafter/world.h"

namespace metamem::crafter {

// Daylight of a step, 0 to 1. Below `kDarkBelow` pictures show noise.
double DaylightAt(int64_t step);
inline constexpr double kDarkBelow = 0.5;

class Env {
 public:
  // `config` must have no problem.
  explicit Env(const Config& config) : world_(config) {}

  // Starts the given episode (1 is the first) of a seed.
  void Reset(int64_t seed, int64_t episode);

  // Plays one step and draws its frames. Stepping on after the end is allowed, as in the reference.
  Outcome Step(Action action);

  const World& world() const { return world_; }
  World& world() { return world_; }
  bool dead() const { return world_.state.player.items[kHealth] <= 0; }

 private:
  // Does to the generator what drawing one frame does.
  void DrawFrame();
  Outcome Judge();

  World world_;
  std::vector<bool> tunnels_;
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_ENV_H_
