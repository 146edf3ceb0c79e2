// An episode of the benchmark's NetHack: words in, texts out.

#ifndef METAMEM_NETHACK_TEXT_BENCHMARK_EPISODE_H_
#define METAMEM_NETHACK_TEXT_BENCHMARK_EPISODE_H_

#include <memory>
#include <string>
#include <string_view>

#include "nethack/text/actions.h"
#include "nethack/text/challenge.h"
#include "nethack/text/contexts.h"
#include "nethack/text/episode.h"

namespace metamem::nethack {

struct BenchmarkOptions {
  ChallengeOptions challenge;
  TextOptions text;
  // Whether messages of several pages are read to their end within the step.
  bool skip_more = true;
};

// What a step of the benchmark came to.
struct BenchmarkStep : StepResult {
  const Action* action = nullptr;  // what was done
  bool is_valid = false;           // whether it is what was asked for, not the default action
};

// The benchmark plays one episode per object; here an object plays any number, each as if it were the first.
class BenchmarkEpisode : public Episode {
 public:
  // The game writes its observations to `block`, of which it was asked for at least kTextKeys. `contexts` may be shared
  // by episodes that are played in turns by one thread; their texts are valid until the next step of any. All three
  // outlive this.
  BenchmarkEpisode(Game* game, const uint8_t* block, Contexts* contexts, const BenchmarkOptions& options)
      : challenge_(game, block, options.challenge), contexts_(contexts), options_(options) {}

  GameError Reset(const GameSeeds& seeds) override;

  // Takes what an agent says, valid or not. An error of code kOver after the end.
  GameError Step(std::string_view said, BenchmarkStep* step);

  // The actions are what ValidName() lists.
  GameError Play(size_t action, StepResult* result) override;
  size_t actions() const override { return kValidNames; }

  void WriteTexts() override { contexts_->Write(challenge_.raw(), message_, options_.text); }

  // The current message as the agent reads it; latin-1.
  std::string_view message() const { return message_; }
  const RawObservation& raw() const { return challenge_.raw(); }
  const EpisodeStatistics& statistics() const { return statistics_; }
  // Steps of the environment; reading on takes some, so there may be more than the agent's own.
  int64_t environment_steps() const { return challenge_.steps(); }

 private:
  GameError ReadOn(StepOutcome* outcome);

  Challenge challenge_;
  Contexts* contexts_;
  BenchmarkOptions options_;
  std::string message_;
  EpisodeStatistics statistics_;
  bool over_ = true;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_BENCHMARK_EPISODE_H_
