// Measures our library against the upstream one, built from the same sources with upstream's flags, in turns, so that
// a busy machine slows both alike. Prints one JSON object.
//
//   nethack_bench LIBRARY DATA REFERENCE_LIBRARY [SECONDS_PER_TURN]
//
// The work is random play with movement, kicks, eating and searching; prompts are dismissed as the Learning Environment
// does for such tasks, so that one step can take several keys. A finished game is reset with the next seed.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "nethack/host/game.h"
#include "nethack/tools/random_keys.h"
#include "nethack/tools/reference_game.h"

// The upstream library asks this program for the time.
extern "C" __attribute__((visibility("default"))) time_t time(time_t* out) noexcept {
  constexpr time_t kClock = 1700136000;
  if (out != nullptr) *out = kClock;
  return kClock;
}

namespace metamem::nethack {
namespace {

constexpr int kSpace = 32;
constexpr int kEscape = 27;
constexpr int kTurns = 5;
constexpr uint32_t kBenchmarkSet = KeyBit(kGlyphs) | KeyBit(kBlstats) | KeyBit(kMessage) | KeyBit(kInvLetters) |
                                   KeyBit(kInvStrs) | KeyBit(kTtyChars) | KeyBit(kTtyColors) | KeyBit(kTtyCursor) |
                                   KeyBit(kInternal) | KeyBit(kProgramState);

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

class Played {
 public:
  virtual ~Played() = default;
  virtual void Reset(uint64_t seed) = 0;
  virtual void Press(int key) = 0;
  virtual bool over() const = 0;

  const int32_t* ints(ObservationKey key) const {
    return reinterpret_cast<const int32_t*>(block_.data()) + ArrayOf(key).offset / 4;
  }
  const char* message() const { return reinterpret_cast<const char*>(block_.data()) + ArrayOf(kMessage).offset; }

  // Starts a game and leaves its opening questions behind.
  void Begin(uint64_t seed) {
    Reset(seed);
    while (!over() && ints(kProgramState)[3] == 0) Press(kSpace);
  }

  void Dismiss() {
    while (!over()) {
      const int32_t* internal = ints(kInternal);
      if (internal[3] != 0) {
        Press(kSpace);
      } else if (internal[2] != 0) {
        Press(kEscape);
      } else {
        if (internal[1] != 0 && !IsWelcomeQuestion()) Press(kEscape);
        return;
      }
    }
  }

  void Step(RandomKeys* keys, uint64_t* seed) {
    Press(keys->Next());
    Dismiss();
    if (over()) Begin(++*seed);
  }

 protected:
  uint8_t* block() { return reinterpret_cast<uint8_t*>(block_.data()); }

 private:
  bool IsWelcomeQuestion() const {
    const std::string text(message(), strnlen(message(), kMessageBytes));
    for (const char* part : {"eat", "attack", "direction?", "pray"}) {
      if (text.find(part) != std::string::npos) return true;
    }
    return false;
  }

  std::vector<uint64_t> block_ = std::vector<uint64_t>(BlockBytes(kAllKeys) / 8 + 1, 0);
};

class Ours : public Played {
 public:
  explicit Ours(std::shared_ptr<const GameLibrary> library) {
    GameOptions options;
    options.options = NethackOptions("@", true);
    options.wanted = kBenchmarkSet;
    GameError error;
    game_ = Game::Open(std::move(library), options, block(), &error);
    if (game_ == nullptr) Die(error);
  }
  void Reset(uint64_t seed) override { Check(game_->Reset({seed, 0, false})); }
  void Press(int key) override { Check(game_->Press(key)); }
  bool over() const override { return game_->over(); }

 private:
  static void Die(const GameError& error) {
    fprintf(stderr, "%s\n", error.message.c_str());
    exit(1);
  }
  static void Check(const GameError& error) {
    if (error) Die(error);
  }
  std::unique_ptr<Game> game_;
};

class Theirs : public Played {
 public:
  Theirs(const char* library, const char* data)
      : game_(library, data, NethackOptions("@", true), kBenchmarkSet, block()) {}
  void Reset(uint64_t seed) override { game_.Reset(seed, 0); }
  void Press(int key) override { game_.Press(key); }
  bool over() const override { return game_.over(); }

 private:
  ReferenceGame game_;
};

using Maker = std::function<std::unique_ptr<Played>()>;

// Games that are played in turn, one step each.
class Table {
 public:
  Table(const Maker& maker, int count) : keys_(KeyStyle::kTask, 1) {
    for (int i = 0; i < count; ++i) {
      games_.push_back(maker());
      games_.back()->Begin(seed_ = static_cast<uint64_t>(i) + 1);
    }
  }

  // Steps a second over about `seconds`.
  double Rate(double seconds) {
    const double start = Now();
    int64_t steps = 0;
    double passed = 0;
    do {
      for (int i = 0; i < 256; ++i) games_[static_cast<size_t>(steps++) % games_.size()]->Step(&keys_, &seed_);
      passed = Now() - start;
    } while (passed < seconds);
    return static_cast<double>(steps) / passed;
  }

  // Milliseconds of one reset in the middle of a game.
  double ResetMs() {
    for (int i = 0; i < 200; ++i) games_[0]->Step(&keys_, &seed_);
    const double start = Now();
    games_[0]->Begin(++seed_);
    return (Now() - start) * 1e3;
  }

 private:
  std::vector<std::unique_ptr<Played>> games_;
  RandomKeys keys_;
  uint64_t seed_ = 0;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void PrintPair(const char* name, const std::vector<double>& ours, const std::vector<double>& theirs, bool last = false) {
  std::vector<double> ratios;
  for (size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i] / theirs[i]);
  printf("\"%s\":{\"ours\":%.4g,\"reference\":%.4g,\"ratio\":%.3g}%s", name, Median(ours), Median(theirs),
         Median(ratios), last ? "" : ",");
}

void MeasureRates(const char* name, const Maker& ours, const Maker& theirs, int count, double seconds) {
  Table our_table(ours, count);
  Table their_table(theirs, count);
  std::vector<double> our_rates;
  std::vector<double> their_rates;
  for (int turn = 0; turn < kTurns; ++turn) {
    our_rates.push_back(our_table.Rate(seconds));
    their_rates.push_back(their_table.Rate(seconds));
  }
  PrintPair(name, our_rates, their_rates);
}

void MeasureResets(const Maker& ours, const Maker& theirs) {
  Table our_table(ours, 1);
  Table their_table(theirs, 1);
  std::vector<double> our_ms;
  std::vector<double> their_ms;
  for (int i = 0; i < 100; ++i) {
    our_ms.push_back(our_table.ResetMs());
    their_ms.push_back(their_table.ResetMs());
  }
  PrintPair("reset_ms", our_ms, their_ms);
}

// Steps a second of one thread alone, and of two at once.
void MeasureThreads(const Maker& maker, double seconds) {
  Table first(maker, 1);
  Table second(maker, 1);
  std::vector<double> ratios;
  for (int turn = 0; turn < kTurns; ++turn) {
    const double alone = first.Rate(seconds);
    double other = 0;
    std::thread thread([&] { other = second.Rate(seconds); });
    const double together = first.Rate(seconds);
    thread.join();
    ratios.push_back((together + other) / alone);
  }
  printf("\"two_threads\":%.3g,", Median(ratios));
}

// Private memory of this process in KiB.
int64_t PrivateKib() {
  FILE* file = fopen("/proc/self/smaps_rollup", "r");
  int64_t total = 0;
  char line[256];
  while (file != nullptr && fgets(line, sizeof line, file) != nullptr) {
    int64_t kib = 0;
    if (sscanf(line, "Private_%*[^:]: %" SCNd64, &kib) == 1) total += kib;
  }
  if (file != nullptr) fclose(file);
  return total;
}

void MeasureMemory(const Maker& maker) {
  constexpr int kGames = 64;
  const int64_t before = PrivateKib();
  Table table(maker, kGames);
  printf("\"instance_kb\":%" PRId64, (PrivateKib() - before) / kGames);
}

int Main(int argc, char** argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: %s LIBRARY DATA REFERENCE_LIBRARY [SECONDS_PER_TURN]\n", argv[0]);
    return 2;
  }
  const double seconds = argc > 4 ? atof(argv[4]) : 1.0;
  GameError error;
  auto library = GameLibrary::Open(argv[1], argv[2], GameLibrary::Loader::kBest, &error);
  if (library == nullptr) {
    fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
  }
  const Maker ours = [&] { return std::make_unique<Ours>(library); };
  const Maker theirs = [&] { return std::make_unique<Theirs>(argv[3], argv[2]); };
  printf("{");
  MeasureRates("step", ours, theirs, 1, seconds);
  MeasureRates("round_robin_128", ours, theirs, 128, seconds);
  MeasureResets(ours, theirs);
  MeasureThreads(ours, seconds);
  MeasureMemory(ours);
  printf("}\n");
  return 0;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
