// What makes a task, apart from its level.

#ifndef METAMEM_MINIHACK_TASK_TASK_OPTIONS_H_
#define METAMEM_MINIHACK_TASK_TASK_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "nethack/text/contexts.h"
#include "nethack/text/raw_observation.h"

namespace metamem::minihack {

enum class GoalKind {
  kStaircase,  // to stand on a staircase down
  kBoulders    // to push a boulder onto every fountain there was in the beginning
};

struct TaskOptions {
  // Keys of the actions, in the order of the task's list.
  std::vector<uint8_t> keys;
  GoalKind goal = GoalKind::kStaircase;
  // A step that reaches the goal as the last one allowed does not count.
  int64_t max_steps = 100;
  // What is added to the reward of a step that takes no game time; not with boulders.
  double penalty_step = -0.01;
  // Whether all questions of the game wait for the player's next key; else all but the named ones are declined.
  bool keeps_questions = false;
  nethack::TextOptions text;
};

// The options a task's game is played with, for the character `name` stands for ("@" is a random one, else like
// "kni-hum-law-fem"). Without a pet not even knights have their pony.
std::string GameOptionsText(const std::string& character, bool autopickup, bool pet);

// What the game is asked for. It also has to be played as with screen_descriptions (plays_described): tasks are defined
// so, though nobody reads them.
inline constexpr uint32_t kTaskKeys =
    nethack::kTextKeys | nethack::KeyBit(nethack::kChars) | nethack::KeyBit(nethack::kMessage);

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_TASK_TASK_OPTIONS_H_
