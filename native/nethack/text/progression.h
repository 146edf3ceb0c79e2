// The benchmark's record of an episode, above all how far the hero got.

#ifndef METAMEM_NETHACK_TEXT_PROGRESSION_H_
#define METAMEM_NETHACK_TEXT_PROGRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace metamem::nethack {

// How an episode stands after a step. Only tasks with a goal of their own can succeed.
enum class EndStatus { kAborted = -1, kRunning = 0, kDeath = 1, kTaskSuccessful = 2 };

// A depth (`Dlvl:4`) or an experience level (`Xp:3`) that counts as an achievement.
struct Achievement {
  enum class Kind { kDepth, kExperienceLevel };

  Kind kind;
  int level;

  std::string Name() const;
};

// Fraction 0..1 that reaching `level` is worth; negative for levels that are no achievement.
double ProgressionOf(const Achievement& achievement);

// Named as the benchmark names its fields.
struct EpisodeStatistics {
  double episode_return = 0;
  // As of the last observation, hence zero once the game is over.
  int64_t score = 0;
  int64_t depth = 1;
  int64_t gold = 0;
  int64_t experience_level = 1;
  int64_t time = 0;
  // Levels reached, in the order in which they were.
  std::vector<int> depths;
  std::vector<int> experience_levels;
  // What `progression` was given for; meaningless while that is 0.
  Achievement highest_achievement = {Achievement::Kind::kDepth, 1};
  double progression = 0;
  std::string end_reason;  // UTF-8; empty while the episode goes on

  // Takes in a step: its whole reward and the observation after it.
  void Update(double reward, const int64_t* blstats);

 private:
  void Reach(const Achievement& achievement, std::vector<int>* reached);
};

// What became of the hero, read off the last screen (24 rows of 80 bytes); UTF-8.
std::string EndReason(EndStatus status, const uint8_t* tty_chars);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_PROGRESSION_H_
