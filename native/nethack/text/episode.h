// An episode as whoever runs it sees it, whatever task is played.

#ifndef METAMEM_NETHACK_TEXT_EPISODE_H_
#define METAMEM_NETHACK_TEXT_EPISODE_H_

#include <cstddef>

#include "nethack/host/game.h"

namespace metamem::nethack {

// What a step of an agent came to.
struct StepResult {
  double reward = 0;
  bool terminated = false;
  bool truncated = false;
};

// Plays one episode after the other, each as if it were the first.
class Episode {
 public:
  virtual ~Episode() = default;

  virtual GameError Reset(const GameSeeds& seeds) = 0;

  // Plays an action by its place in the task's list. An error of code kOver after the end.
  virtual GameError Play(size_t action, StepResult* result) = 0;

  // How many there are.
  virtual size_t actions() const = 0;

  // Writes the texts of the current observation into the contexts the episode was given.
  virtual void WriteTexts() = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_EPISODE_H_
