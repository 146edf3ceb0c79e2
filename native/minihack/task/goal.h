// What a task wants, and what its steps are worth.

#ifndef METAMEM_MINIHACK_TASK_GOAL_H_
#define METAMEM_MINIHACK_TASK_GOAL_H_

#include <memory>
#include <vector>

#include "minihack/task/task_options.h"
#include "nethack/host/error.h"
#include "nethack/text/progression.h"

namespace metamem::minihack {

class Goal {
 public:
  virtual ~Goal() = default;

  // Sees the first observation of an episode. An error when nobody can play for this goal from there.
  virtual nethack::GameError Begin(const nethack::RawObservation& raw) = 0;

  virtual bool IsReached(const nethack::RawObservation& raw) const = 0;

  // Reward of a step after which `raw` is seen and the episode stands at `status`. To be called once for each step.
  virtual double Reward(const nethack::RawObservation& raw, nethack::EndStatus status) = 0;
};

std::unique_ptr<Goal> MakeGoal(const TaskOptions& options);

// A staircase down is to be stood on. Steps without game time cost something, the successful one not excepted: heroes
// who move more often than once a turn may reach it in no time.
class StaircaseGoal : public Goal {
 public:
  explicit StaircaseGoal(double penalty_step) : penalty_step_(penalty_step) {}

  nethack::GameError Begin(const nethack::RawObservation& raw) override;
  bool IsReached(const nethack::RawObservation& raw) const override;
  double Reward(const nethack::RawObservation& raw, nethack::EndStatus status) override;

 private:
  double penalty_step_;
  int64_t turn_ = 0;
};

// Boulders are to be on all places that show a fountain in the beginning, and nowhere else.
class BoulderGoal : public Goal {
 public:
  nethack::GameError Begin(const nethack::RawObservation& raw) override;
  bool IsReached(const nethack::RawObservation& raw) const override;
  double Reward(const nethack::RawObservation& raw, nethack::EndStatus status) override;

 private:
  int CountOnPlaces(const nethack::RawObservation& raw) const;

  std::vector<int> places_;  // cells of the map
  int on_places_ = 0;        // as of the last step
};

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_TASK_GOAL_H_
