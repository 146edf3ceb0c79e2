// The NetHack Challenge: keys in, rewards and ends out, as the Learning Environment defines the task.

#ifndef METAMEM_NETHACK_TEXT_CHALLENGE_H_
#define METAMEM_NETHACK_TEXT_CHALLENGE_H_

#include <cstdint>

#include "nethack/host/game.h"
#include "nethack/text/progression.h"
#include "nethack/text/raw_observation.h"

namespace metamem::nethack {

struct ChallengeOptions {
  int64_t max_steps = 100000;
  // Steps in a row without a turn of the game after which the episode is given up.
  int64_t no_progress_timeout = 150;
};

// What a step of the environment came to.
struct StepOutcome {
  double reward = 0;
  EndStatus status = EndStatus::kRunning;

  bool done() const { return status != EndStatus::kRunning; }
};

class Challenge {
 public:
  // The game writes its observations to `block`, of which it was asked for at least kTextKeys; both outlive this.
  Challenge(Game* game, const uint8_t* block, const ChallengeOptions& options)
      : game_(game), raw_(ViewBlock(block)), options_(options) {}

  // Starts anew and passes the pages a game begins with.
  GameError Reset(const GameSeeds& seeds);

  // Presses a key. An episode that ends without the game being over is ended by quitting, so that the observation is
  // always that of an ended game, while the reward is as if it had not been. After an end only Reset() may follow.
  GameError Step(int key, StepOutcome* outcome);

  const RawObservation& raw() const { return raw_; }
  int64_t steps() const { return steps_; }

 private:
  bool GivesUp();

  Game* game_;
  RawObservation raw_;
  ChallengeOptions options_;
  int64_t steps_ = 0;
  int64_t last_turn_ = 0;
  bool knows_turn_ = false;
  int64_t idle_steps_ = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_CHALLENGE_H_
