// An episode of a task on a level of its own: keys in, texts and rewards out, as the benchmark plays it.

#ifndef METAMEM_MINIHACK_TASK_TASK_EPISODE_H_
#define METAMEM_MINIHACK_TASK_TASK_EPISODE_H_

#include <memory>
#include <string>

#include "minihack/task/goal.h"
#include "minihack/task/task_options.h"
#include "nethack/text/contexts.h"
#include "nethack/text/episode.h"

namespace metamem::minihack {

// The benchmark's record of an episode.
struct TaskStatistics {
  double episode_return = 0;
  // 1 if the last step was worth a whole reward, else 0: a success that cost something is none.
  double progression = 0;
  nethack::EndStatus status = nethack::EndStatus::kRunning;
  int64_t steps = 0;
};

class TaskEpisode : public nethack::Episode {
 public:
  // The game plays on whatever level its data file holds, and writes its observations to `block`, of which it was asked
  // for at least kTaskKeys. `contexts` may be shared by episodes that are played in turns by one thread. All three
  // outlive this.
  TaskEpisode(nethack::Game* game, const uint8_t* block, nethack::Contexts* contexts, TaskOptions options)
      : game_(game),
        raw_(nethack::ViewBlock(block)),
        contexts_(contexts),
        options_(std::move(options)),
        goal_(MakeGoal(options_)) {}

  nethack::GameError Reset(const nethack::GameSeeds& seeds) override;
  nethack::GameError Play(size_t action, nethack::StepResult* result) override;
  size_t actions() const override { return options_.keys.size(); }
  void WriteTexts() override { contexts_->Write(raw_, message_, options_.text); }

  const TaskStatistics& statistics() const { return statistics_; }

 private:
  nethack::EndStatus StatusNow() const;

  nethack::Game* game_;
  nethack::RawObservation raw_;
  nethack::Contexts* contexts_;
  TaskOptions options_;
  std::unique_ptr<Goal> goal_;
  std::string message_;  // as the agent reads it; latin-1
  TaskStatistics statistics_;
  bool over_ = true;
};

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_TASK_TASK_EPISODE_H_
