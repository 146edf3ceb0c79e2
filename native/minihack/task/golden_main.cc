// Replays reference recordings of the benchmark's MiniHack tasks without JavaScript, so that a sanitizer build can watch
// level compiler, data library, game and task. Reads simple lines from standard input (native-lines.ts writes them),
// prints the first difference and exits with 1.
//
//   minihack_task_golden GAME GAME_DATA LEVELS LEVELS_DATA < LINES
//
//   episode CORE DISPLAY CLOCK CHARACTER AUTOPICKUP PET SPAWN BOULDERS KEEPS_QUESTIONS MAX_STEPS PENALTY KEYS LEVEL
//                                         starts; KEYS and LEVEL, a text in the language of des-files, in hexadecimal
//   start HASH                            first digits of the texts' hash, see replay_lines.h
//   step ACTION REWARD TERMINATED TRUNCATED HASH
//                                         plays; ACTION is a place in the list of keys
//   return RETURN                         of the episode

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "minihack/level/data_library.h"
#include "minihack/level/level_compiler.h"
#include "minihack/task/task_episode.h"
#include "nethack/text/replay_lines.h"

namespace metamem::minihack {
namespace {

using nethack::Game;
using nethack::GameError;
using nethack::GameLibrary;

// What all episodes share.
struct Parts {
  std::shared_ptr<const GameLibrary> game;
  std::shared_ptr<const nethack::GlyphPhrases> phrases;
  std::shared_ptr<const LevelCompiler> compiler;
  std::shared_ptr<const DataLibraryBase> data;
};

class Replay {
 public:
  explicit Replay(Parts parts)
      : parts_(std::move(parts)),
        contexts_(parts_.phrases),
        block_(nethack::BlockBytes(kTaskKeys) / sizeof(uint64_t)) {}

  // False at the first difference, which it has printed.
  bool Run(const std::string& line) {
    std::istringstream in(line);
    std::string command;
    in >> command;
    if (command == "episode") return Begin(&in);
    if (command == "start") return CompareHash(&in, "");
    if (command == "step") return Step(&in);
    if (command == "return") return CompareReturn(&in);
    return Fail("unknown command " + command);
  }

  int64_t all_steps() const { return all_steps_; }

 private:
  bool Fail(const std::string& what) const {
    printf("episode %" PRId64 ", step %" PRId64 ": %s\n", episodes_, steps_, what.c_str());
    return false;
  }

  bool Begin(std::istringstream* in) {
    ++episodes_;
    steps_ = 0;
    nethack::GameSeeds seeds;
    nethack::GameOptions options;
    TaskOptions task;
    std::string character, keys, level;
    bool autopickup = false, pet = false, boulders = false;
    *in >> seeds.core >> seeds.display >> options.clock_unix_seconds >> character >> autopickup >> pet >>
        options.spawn_monsters >> boulders >> task.keeps_questions >> task.max_steps >> task.penalty_step >> keys >>
        level;
    if (!*in) return Fail("the line is not whole");
    options.options = GameOptionsText(character, autopickup, pet);
    options.wanted = kTaskKeys;
    options.plays_described = true;
    const std::string bytes = nethack::FromHex(keys);
    task.keys.assign(bytes.begin(), bytes.end());
    task.goal = boulders ? GoalKind::kBoulders : GoalKind::kStaircase;
    return Open(options, std::move(task), nethack::FromHex(level)) && Start(seeds);
  }

  bool Open(const nethack::GameOptions& options, TaskOptions task, const std::string& level) {
    std::vector<uint8_t> compiled;
    CompileError refused;
    if (!parts_.compiler->Compile(level, &compiled, &refused)) return Fail(refused.message);
    auto* block = reinterpret_cast<uint8_t*>(block_.data());
    episode_ = nullptr;
    GameError error;
    game_ = Game::Open(parts_.game, options, block, &error);
    if (game_ == nullptr) return Fail(error.message);
    game_->SetDataFile(std::make_shared<const std::vector<uint8_t>>(ComposeDataLibrary(*parts_.data, compiled)));
    episode_ = std::make_unique<TaskEpisode>(game_.get(), block, &contexts_, std::move(task));
    return true;
  }

  bool Start(const nethack::GameSeeds& seeds) {
    if (GameError failed = episode_->Reset(seeds)) return Fail(failed.message);
    episode_->WriteTexts();
    return true;
  }

  bool Step(std::istringstream* in) {
    size_t action = 0;
    double reward = 0;
    bool terminated = false, truncated = false;
    *in >> action >> reward >> terminated >> truncated;
    ++steps_;
    ++all_steps_;
    nethack::StepResult step;
    if (GameError error = episode_->Play(action, &step)) return Fail(error.message);
    episode_->WriteTexts();
    if (step.reward != reward) return Fail("reward is " + std::to_string(step.reward));
    if (step.terminated != terminated) return Fail("terminated differs");
    if (step.truncated != truncated) return Fail("truncated differs");
    return CompareHash(in, nethack::StepFlags(step));
  }

  bool CompareHash(std::istringstream* in, const std::string& flags) const {
    std::string expected;
    *in >> expected;
    if (nethack::HashOfTexts(contexts_, flags).substr(0, expected.size()) == expected) return true;
    return Fail("the texts differ; they are\n" + std::string(contexts_.long_term()) +
                std::string(contexts_.short_term()));
  }

  bool CompareReturn(std::istringstream* in) const {
    double expected = 0;
    *in >> expected;
    // Recordings hold it to six places.
    const bool same = fabs(episode_->statistics().episode_return - expected) < 1e-6;
    return same || Fail("the return differs");
  }

  Parts parts_;
  nethack::Contexts contexts_;
  std::vector<uint64_t> block_;
  std::unique_ptr<Game> game_;
  std::unique_ptr<TaskEpisode> episode_;
  int64_t episodes_ = 0;
  int64_t steps_ = 0;
  int64_t all_steps_ = 0;
};

// False, with the reason printed, when a file is missing or damaged.
bool OpenParts(char** paths, Parts* parts) {
  GameError error;
  parts->game = GameLibrary::Open(paths[0], paths[1], GameLibrary::Loader::kBest, &error);
  if (parts->game != nullptr) parts->phrases = nethack::GlyphPhrases::Load(*parts->game, &error);
  if (parts->phrases != nullptr) {
    parts->compiler = LevelCompiler::Open(paths[2], LevelCompiler::Loader::kBest, &error.message);
  }
  if (parts->compiler != nullptr) parts->data = DataLibraryBase::Open(paths[3], &error.message);
  if (parts->data != nullptr) return true;
  printf("%s\n", error.message.c_str());
  return false;
}

int Main(int argc, char** argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: %s GAME GAME_DATA LEVELS LEVELS_DATA < LINES\n", argv[0]);
    return 2;
  }
  Parts parts;
  if (!OpenParts(argv + 1, &parts)) return 1;
  Replay replay(std::move(parts));
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!line.empty() && !replay.Run(line)) return 1;
  }
  printf("%" PRId64 " steps equal\n", replay.all_steps());
  return 0;
}

}  // namespace
}  // namespace metamem::minihack

int main(int argc, char** argv) { return metamem::minihack::Main(argc, argv); }
