// Tests of what the benchmark accepts and records, without a game: exits with 1 if one fails.

#include <stdio.h>

#include <string>
#include <utility>
#include <vector>

#include "nethack/text/actions.h"
#include "nethack/text/progression.h"
#include "nethack/text/test_scene.h"

namespace metamem::nethack {
namespace {

void TestActions() {
  int names = 0;
  for (const Action& action : kActionTable) {
    for (const std::string_view name : action.names) {
      if (name.empty()) continue;
      ++names;
      Expect("action by name", FindAction(name) == &action, true);
    }
  }
  Expect("names", names, 239);
  for (size_t i = 0; i < kValidNames; ++i) Expect("valid name", FindValidAction(ValidName(i)) != nullptr, true);
  Expect("first valid name", std::string(ValidName(0)), "north");
  Expect("last valid name", std::string(ValidName(kValidNames - 1)), "9");
  for (const char* name : {"overview", "wizard where", "00", "42", "minus", "-", "<", "North", " north", "north ", "",
                           "travel", "zero", "M-p"}) {
    Expect(std::string("not valid: ") + name, FindValidAction(name) == nullptr, true);
  }
  Expect("a is apply", FindValidAction("a")->key, 'a');
  Expect("wizard where", FindAction("wizard where")->key, 15);
  Expect("carriage return", FindAction("\r") == FindAction("\\r") && FindAction("\r") == &MoreAction(), true);
  Expect("default", std::string(DefaultAction().names[0]), "esc");
}

void TestStatistics() {
  EpisodeStatistics record;
  std::vector<int64_t> blstats(kStatusFields);
  const auto update = [&](int64_t depth, int64_t level) {
    blstats[kStatusDepth] = depth;
    blstats[kStatusExperienceLevel] = level;
    record.Update(1.5, blstats.data());
  };
  for (const auto& [depth, level] : {std::pair{1, 1}, {4, 2}, {2, 30}, {51, 31}, {-3, 0}, {50, 1}})
    update(depth, level);
  Expect("depths", static_cast<int64_t>(record.depths.size()), 4);
  Expect("levels", static_cast<int64_t>(record.experience_levels.size()), 3);
  Expect("highest", record.highest_achievement.Name(), "Dlvl:50");
  Expect("progression", record.progression == 0.8067964442444019 && record.episode_return == 9, true);
}

void TestEndReasons() {
  const auto reason = [](EndStatus status, const std::vector<std::pair<size_t, std::string>>& rows) {
    Scene scene;
    for (const auto& [row, text] : rows) scene.Print(row, 0, text);
    return EndReason(status, scene.screen.data());
  };
  const std::string heading = "No  Points     Name                                                   Hp [max]";
  const std::string name = "1         24  Agent-Sam-Hum-Mal-Law ";
  Expect("death",
         reason(EndStatus::kDeath, {{0, "You made the top ten list!"},
                                    {2, heading},
                                    {3, std::string(27, ' ') + name + "died in The Dunge"},
                                    {4, "ons of Doom on level 1.  Killed by a jackal."},
                                    {5, "-  [15]"}}),
         "DEATH: died. Killed by a jackal.");
  Expect("several sentences",
         reason(EndStatus::kDeath, {{2, heading},
                                    {3, name + "died in The Dungeons of Doom on"},
                                    {4, "level 1.  Killed by a jackal, while fainted from"},
                                    {5, "lack of food."},
                                    {6, "-  [15]"}}),
         "DEATH: died. Killed by a jackal, while fainted from lack of food.");
  Expect(
      "starved",
      reason(
          EndStatus::kDeath,
          {{2, heading}, {3, name + "starved to death in The"}, {4, "Dungeons of Doom on level 1."}, {5, "-  [15]"}}),
      "DEATH: starved to death.");
  Expect("quit",
         reason(EndStatus::kAborted, {{2, heading},
                                      {3, "0  Agent-Sam-Hum-Fem-Law quit in The Dungeons"},
                                      {4, "of Doom on level 1."},
                                      {5, "15  [15]"}}),
         "ABORTED: quit.");
  Expect("blank screen", reason(EndStatus::kDeath, {}), "DEATH: .");
  Expect(
      "bytes of another alphabet",
      reason(EndStatus::kDeath, {{2, heading}, {3, name + "died.  Killed by x\xe1\xbf y\xc3\xa9z."}, {5, "-  [15]"}}),
      "DEATH: died. Killed by x y\xc3\xa9z.");
}

int Main() {
  TestActions();
  TestStatistics();
  TestEndReasons();
  printf("%d failures\n", g_failures);
  return g_failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace metamem::nethack

int main() { return metamem::nethack::Main(); }
