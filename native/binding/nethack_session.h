// One open NetHack as JavaScript sees it: the game, the benchmark around it, and the block its results are written to.

#ifndef METAMEM_BINDING_NETHACK_SESSION_H_
#define METAMEM_BINDING_NETHACK_SESSION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "nethack/text/benchmark_episode.h"

namespace metamem {

struct NethackConfig {
  nethack::GameOptions game;
  nethack::BenchmarkOptions benchmark;
};

// Results of the latest call, in memory that JavaScript reads directly, after the raw arrays
// (packages/native-env/src/nethack/block.ts names the same offsets).
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
  // Null with `*error` set when there is no memory for another game. `block` has BlockSize bytes, is aligned to 8, and
  // outlives the session, as `contexts` does.
  static std::unique_ptr<NethackSession> Open(std::shared_ptr<const nethack::GameLibrary> library,
                                              nethack::Contexts* contexts, const NethackConfig& config, uint8_t* block,
                                              nethack::GameError* error);

  static size_t BlockSize(uint32_t wanted) { return nethack::BlockBytes(wanted) + sizeof(NethackResults); }

  // The benchmark's episode.
  nethack::GameError Reset(const nethack::GameSeeds& seeds);
  nethack::GameError Step(std::string_view action);
  // Brings the contexts up to date with the current observation.
  void WriteTexts() { episode_.WriteTexts(); }
  const nethack::BenchmarkEpisode& episode() const { return episode_; }

  // The bare game.
  nethack::GameError Start(const nethack::GameSeeds& seeds);
  nethack::GameError Press(int32_t key);

 private:
  // What the game is played as, until it is started anew.
  enum class Play { kNothing, kBenchmark, kKeys };

  NethackSession(std::unique_ptr<nethack::Game> game, nethack::Contexts* contexts, const NethackConfig& config,
                 uint8_t* block);
  void WriteResults(const nethack::BenchmarkStep& step);

  std::unique_ptr<nethack::Game> game_;
  nethack::BenchmarkEpisode episode_;
  NethackResults* results_;
  bool can_play_benchmark_;
  Play play_ = Play::kNothing;
};

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_SESSION_H_
