// One open NetHack as JavaScript sees it: the game, the episode played on it, and the block its results are written to.

#ifndef METAMEM_BINDING_NETHACK_SESSION_H_
#define METAMEM_BINDING_NETHACK_SESSION_H_

#include <cstdint>
#include <memory>

#include "nethack/text/episode.h"

namespace metamem {

// Results of the latest call, in memory that JavaScript reads directly, after the raw arrays
// (packages/native-env/src/nethack/text-game.ts knows where).
struct NethackResults {
  double reward;
  int32_t terminated;
  int32_t truncated;
  int32_t over;      // the game itself has ended
  int32_t how_done;  // -1, or the code of the end (0 died ... 15 ascended)
};
static_assert(sizeof(NethackResults) == 24);

class NethackSession {
 public:
  // `block` is what the game writes to, BlockSize(wanted) bytes of it, aligned to 8; it outlives the session. Without
  // an episode, because too few raw arrays are wanted for one, only the bare game can be played.
  NethackSession(std::unique_ptr<nethack::Game> game, std::unique_ptr<nethack::Episode> episode, uint32_t wanted,
                 uint8_t* block)
      : game_(std::move(game)),
        episode_(std::move(episode)),
        results_(reinterpret_cast<NethackResults*>(block + nethack::BlockBytes(wanted))) {}

  static size_t BlockSize(uint32_t wanted) { return nethack::BlockBytes(wanted) + sizeof(NethackResults); }

  // The episode.
  nethack::GameError Reset(const nethack::GameSeeds& seeds);
  nethack::GameError Step(size_t action);
  size_t actions() const { return episode_ == nullptr ? 0 : episode_->actions(); }
  // Brings the contexts up to date with the current observation.
  nethack::GameError WriteTexts();

  // The bare game.
  nethack::GameError Start(const nethack::GameSeeds& seeds);
  nethack::GameError Press(int32_t key);
  nethack::Game* game() { return game_.get(); }

 private:
  // What the game is played as, until it is started anew.
  enum class Play { kNothing, kEpisode, kKeys };

  void WriteResults(const nethack::StepResult& step);

  std::unique_ptr<nethack::Game> game_;
  std::unique_ptr<nethack::Episode> episode_;
  NethackResults* results_;
  Play play_ = Play::kNothing;
};

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_SESSION_H_
