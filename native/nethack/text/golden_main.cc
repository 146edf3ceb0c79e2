// Replays reference recordings of the benchmark's NetHack without JavaScript, so that a sanitizer build can watch game
// and texts. Reads simple lines from standard input, prints the first difference and exits with 1.
//
//   nethack_text_golden LIBRARY DATA [copies] < LINES
//
//   episode CORE DISPLAY [MAX_STEPS]      starts
//   start HASH                            first 16 hex digits of SHA-256 of long text, 0x1E, short text, 0x1F
//   step ACTION REWARD TERMINATED TRUNCATED HASH
//                                         plays; ACTION is hexadecimal, `-` if empty; HASH goes on with the reward to
//                                         four places, `terminated` and `truncated`
//   text LONG SHORT                       the current texts in hexadecimal, so that a difference can be shown
//   statistics RETURN SCORE DEPTH GOLD EXPERIENCE_LEVEL TIME PROGRESSION HIGHEST DEPTHS EXPERIENCE_LEVELS REASON
//                                         lists are separated by commas; what is missing is `-`

#include <inttypes.h>
#include <stdio.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "nethack/text/benchmark_episode.h"
#include "nethack/text/replay_lines.h"

namespace metamem::nethack {
namespace {

std::string LineAt(const std::string& text, size_t at) {
  const size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

class Replay {
 public:
  Replay(std::shared_ptr<const GameLibrary> library, std::shared_ptr<const GlyphPhrases> phrases)
      : library_(std::move(library)), contexts_(std::move(phrases)), block_(BlockBytes(kTextKeys) / sizeof(uint64_t)) {}

  // False at the first difference, which it has printed.
  bool Run(const std::string& line) {
    std::istringstream in(line);
    std::string command;
    in >> command;
    if (command == "episode") return Begin(&in);
    if (command == "start") return CompareHash(&in, "");
    if (command == "step") return Step(&in);
    if (command == "text") return CompareTexts(&in);
    if (command == "statistics") return CompareStatistics(&in);
    return Fail("unknown command " + command);
  }

  void PrintSummary() const {
    const double steps = static_cast<double>(all_steps_);
    printf("%" PRId64 " steps equal; per step %.2f us for play and message, %.2f us for the other texts\n", all_steps_,
           play_seconds_ / steps * 1e6, text_seconds_ / steps * 1e6);
  }

 private:
  bool Fail(const std::string& what) const {
    printf("%s, step %" PRId64 ", action `%s`: %s\n", name_.c_str(), steps_, said_.c_str(), what.c_str());
    return false;
  }

  bool Begin(std::istringstream* in) {
    GameSeeds seeds;
    BenchmarkOptions benchmark;
    *in >> seeds.core >> seeds.display;
    if (int64_t max_steps = 0; *in >> max_steps) benchmark.challenge.max_steps = max_steps;
    name_ = "core " + std::to_string(seeds.core) + " display " + std::to_string(seeds.display);
    said_.clear();
    steps_ = 0;
    GameOptions options;
    options.options = NethackOptions("@", true);
    options.wanted = kTextKeys;
    auto* block = reinterpret_cast<uint8_t*>(block_.data());
    GameError error;
    game_ = Game::Open(library_, options, block, &error);
    if (game_ == nullptr) return Fail(error.message);
    episode_ = std::make_unique<BenchmarkEpisode>(game_.get(), block, &contexts_, benchmark);
    if (GameError failed = episode_->Reset(seeds)) return Fail(failed.message);
    episode_->WriteTexts();
    return true;
  }

  bool Step(std::istringstream* in) {
    std::string action;
    double reward = 0;
    int terminated = 0;
    int truncated = 0;
    *in >> action >> reward >> terminated >> truncated;
    said_ = FromHex(action);
    ++steps_;
    ++all_steps_;
    BenchmarkStep step;
    const double begin = Now();
    if (GameError error = episode_->Step(said_, &step)) return Fail(error.message);
    const double played = Now();
    episode_->WriteTexts();
    play_seconds_ += played - begin;
    text_seconds_ += Now() - played;
    if (step.reward != reward) {
      return Fail("reward is " + std::to_string(step.reward) + ", expected " + std::to_string(reward));
    }
    if (step.terminated != (terminated != 0)) return Fail("terminated differs");
    if (step.truncated != (truncated != 0)) return Fail("truncated differs");
    return CompareHash(in, StepFlags(step));
  }

  bool CompareHash(std::istringstream* in, const std::string& rest) const {
    std::string expected;
    *in >> expected;
    if (HashOfTexts(contexts_, rest).substr(0, expected.size()) == expected) return true;
    return Fail("the texts differ; they are\n" + std::string(contexts_.long_term()) +
                std::string(contexts_.short_term()));
  }

  bool CompareTexts(std::istringstream* in) const {
    std::string long_term;
    std::string short_term;
    *in >> long_term >> short_term;
    return CompareText("long", contexts_.long_term(), FromHex(long_term)) &&
           CompareText("short", contexts_.short_term(), FromHex(short_term));
  }

  bool CompareText(const std::string& which, std::string_view view, const std::string& expected) const {
    const std::string actual(view);
    if (actual == expected) return true;
    size_t at = 0;
    while (at < actual.size() && at < expected.size() && actual[at] == expected[at]) ++at;
    return Fail("the " + which + " text has the line\n  " + LineAt(actual, at) + "\nexpected\n  " +
                LineAt(expected, at) + "\nwhole text\n" + actual + "expected\n" + expected);
  }

  bool CompareStatistics(std::istringstream* in) const {
    const EpisodeStatistics& record = episode_->statistics();
    double episode_return = 0;
    double progression = 0;
    int64_t numbers[5] = {};
    std::string highest;
    std::string depths;
    std::string experience_levels;
    *in >> episode_return;
    for (int64_t& number : numbers) *in >> number;
    *in >> progression >> highest >> depths >> experience_levels >> std::ws;
    std::string reason;
    std::getline(*in, reason);
    if (record.episode_return != episode_return) return Fail("the return differs");
    const int64_t actual[5] = {record.score, record.depth, record.gold, record.experience_level, record.time};
    for (int i = 0; i < 5; ++i) {
      if (actual[i] != numbers[i]) return Fail("number " + std::to_string(i) + " of the statistics differs");
    }
    if (record.progression != progression) return Fail("progression is " + std::to_string(record.progression));
    const std::string best = record.progression > 0 ? record.highest_achievement.Name() : "-";
    if (best != highest) return Fail("the highest achievement is " + best);
    if (Names(record.depths, Achievement::Kind::kDepth) != depths) return Fail("the depths differ");
    if (Names(record.experience_levels, Achievement::Kind::kExperienceLevel) != experience_levels) {
      return Fail("the experience levels differ");
    }
    const std::string why = record.end_reason.empty() ? "-" : record.end_reason;
    return why == reason || Fail("the reason of the end is " + why);
  }

  static std::string Names(const std::vector<int>& levels, Achievement::Kind kind) {
    std::string names;
    for (const int level : levels) names += (names.empty() ? "" : ",") + Achievement{kind, level}.Name();
    return names.empty() ? "-" : names;
  }

  std::shared_ptr<const GameLibrary> library_;
  Contexts contexts_;
  std::vector<uint64_t> block_;
  std::unique_ptr<Game> game_;
  std::unique_ptr<BenchmarkEpisode> episode_;
  std::string name_;
  std::string said_;
  int64_t steps_ = 0;
  int64_t all_steps_ = 0;
  double play_seconds_ = 0;
  double text_seconds_ = 0;
};

int Main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s LIBRARY DATA [copies] < LINES\n", argv[0]);
    return 2;
  }
  const auto loader = argc > 3 ? GameLibrary::Loader::kCopies : GameLibrary::Loader::kBest;
  GameError error;
  const auto library = GameLibrary::Open(argv[1], argv[2], loader, &error);
  const auto phrases = library == nullptr ? nullptr : GlyphPhrases::Load(*library, &error);
  if (phrases == nullptr) {
    printf("%s\n", error.message.c_str());
    return 1;
  }
  Replay replay(library, phrases);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!replay.Run(line)) return 1;
  }
  replay.PrintSummary();
  return 0;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
