// Compiles texts, and mutations of them, on several threads at once.
//
//   minihack_level_fuzz LIBRARY compile OUT_FOLDER DES...      writes each level of the texts as OUT_FOLDER/NAME.lev
//   minihack_level_fuzz LIBRARY bench ROUNDS DES...            the time of a compilation, in ms
//   minihack_level_fuzz LIBRARY mutate SEED TEXTS THREADS DES... compiles that many mutated texts, each twice: on one
//                                                              image, and on another right after a failed compilation
//
// Fails when a text gives other bytes the second time, takes longer than kLongest, or when memory grows with the texts.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>

#include "minihack/level/level_compiler.h"

namespace {

using metamem::minihack::CompiledLevel;
using metamem::minihack::CompileError;
using metamem::minihack::LevelCompiler;
using Clock = std::chrono::steady_clock;
using Texts = std::vector<std::string>;

constexpr double kLongestMs = 5000;
constexpr size_t kGrowthBytes = size_t{64} << 20;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Texts ReadTexts(int count, char** paths) {
  Texts texts;
  for (int i = 0; i < count; ++i) {
    std::ifstream file(paths[i], std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

// One text for each level.
Texts LevelsOf(const Texts& texts) {
  Texts levels;
  for (const std::string& text : texts) {
    for (size_t start = 0; start < text.size();) {
      const size_t end = std::min(text.find("\nMAZE", start + 1), text.find("\nLEVEL", start + 1));
      levels.push_back(text.substr(start, end - start));
      start = end;
    }
  }
  return levels;
}

size_t ResidentBytes() {
  size_t total = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * 4096;
}

// Changes a text the way people and generators do: lines and words go, come twice, change places or move to another
// text; characters and numbers become others.
class Mutator {
 public:
  Mutator(const Texts& seeds, uint64_t seed) : seeds_(seeds), random_(seed) {}

  std::string Next() {
    std::string text = seeds_[Below(seeds_.size())];
    for (size_t changes = 1 + Below(4); changes > 0; --changes) {
      if (Below(3) == 0) {
        Change(&text);
      } else {
        ChangeGently(&text);
      }
    }
    return text;
  }

 private:
  size_t Below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string Piece(const std::string& text) { return text.substr(Below(text.size()), 1 + Below(40)); }

  // So that the text may well still be a level.
  void ChangeGently(std::string* text) {
    const size_t line = text->find('\n', Below(text->size()));
    const size_t next = line == std::string::npos ? line : text->find('\n', line + 1);
    if (next == std::string::npos) return;
    switch (Below(3)) {
      case 0:
        text->erase(line, next - line);
        break;
      case 1:
        text->insert(Below(2) == 0 ? line : next, text->substr(line, next - line));
        break;
      case 2: {
        const size_t digit = text->find_first_of("0123456789", line);
        if (digit != std::string::npos) (*text)[digit] = static_cast<char>('0' + Below(10));
        break;
      }
    }
  }

  void Change(std::string* text) {
    static constexpr const char* kSpice[] = {"\"", "'",  "{",  "}",     "(",    ")",        "\n",     "MAP\n", "ENDMAP\n", "$x",
                                             "\\", "\0", "\r", "IF[50%]{", "99999999999", "-1", "random", "[",  "\xff",     "1000000d9999"};
    const size_t at = Below(text->size() + 1);
    switch (Below(8)) {
      case 0:
        text->erase(at, 1 + Below(20));
        break;
      case 1:
        text->insert(at, Piece(*text));
        break;
      case 2:
        text->insert(at, Piece(seeds_[Below(seeds_.size())]));
        break;
      case 3:
        if (at < text->size()) (*text)[at] = static_cast<char>(Below(256));
        break;
      case 4: {
        const std::string spice = kSpice[Below(std::size(kSpice))];
        text->insert(at, spice.empty() ? std::string(1, '\0') : spice);
        break;
      }
      case 5: {
        const std::string piece = Piece(*text);
        for (size_t times = Below(Below(100) == 0 ? 3000 : 30); times > 0; --times) text->insert(at, piece);
        break;
      }
      case 6:
        text->insert(at, Below(700), "a1 (\n#.$"[Below(8)]);
        break;
      case 7:
        text->resize(at);
        break;
    }
  }

  const Texts& seeds_;
  std::mt19937_64 random_;
};

struct Outcome {
  bool compiled = false;
  std::vector<CompiledLevel> levels;
  CompileError error;
};

bool Same(const Outcome& a, const Outcome& b) {
  if (a.compiled != b.compiled || a.error.line != b.error.line || a.error.message != b.error.message) return false;
  if (a.levels.size() != b.levels.size()) return false;
  for (size_t i = 0; i < a.levels.size(); ++i) {
    if (a.levels[i].name != b.levels[i].name || a.levels[i].bytes != b.levels[i].bytes) return false;
  }
  return true;
}

Outcome Compile(const LevelCompiler& compiler, const std::string& text) {
  Outcome outcome;
  outcome.compiled = compiler.CompileAll(text, &outcome.levels, &outcome.error);
  return outcome;
}

std::atomic<bool> g_failed{false};
std::atomic<uint64_t> g_compiled{0};
std::atomic<uint64_t> g_refused{0};

void Report(const char* what, const std::string& text) {
  g_failed = true;
  printf("%s:\n%s\n", what, text.c_str());
}

void MutateOnThread(const LevelCompiler& compiler, const Texts& seeds, uint64_t seed, int texts) {
  Mutator mutator(seeds, seed);
  for (int i = 0; i < texts && !g_failed; ++i) {
    const std::string text = mutator.Next();
    const auto start = Clock::now();
    const Outcome outcome = Compile(compiler, text);
    if (MillisecondsSince(start) > kLongestMs) Report("too slow", text);
    ++(outcome.compiled ? g_compiled : g_refused);
    if (!outcome.compiled && (outcome.error.line < 1 || outcome.error.message.empty())) Report("no reason given", text);
    Compile(compiler, text.substr(0, text.size() / 2));
    if (!Same(outcome, Compile(compiler, text))) Report("not the same again", text);
  }
}

int Mutate(const LevelCompiler& compiler, const Texts& seeds, uint64_t seed, int texts, int threads) {
  MutateOnThread(compiler, seeds, seed, texts / 10);
  const size_t resident = ResidentBytes();
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&, i] { MutateOnThread(compiler, seeds, seed + 1 + static_cast<uint64_t>(i), texts / threads); });
  }
  for (std::thread& thread : running) thread.join();
  const size_t growth = ResidentBytes() - resident;
  if (ResidentBytes() > resident + kGrowthBytes * static_cast<size_t>(threads)) Report("memory grew", std::to_string(growth));
  printf("{\"compiled\": %" PRIu64 ", \"refused\": %" PRIu64 "}\n", g_compiled.load(), g_refused.load());
  return g_failed ? 1 : 0;
}

int Bench(const LevelCompiler& compiler, const Texts& texts, int rounds) {
  for (const std::string& text : texts) {
    const auto start = Clock::now();
    for (int i = 0; i < rounds; ++i) {
      const Outcome outcome = Compile(compiler, text);
      if (!outcome.compiled) printf("line %d: %s\n", outcome.error.line, outcome.error.message.c_str());
    }
    printf("%.4f\n", MillisecondsSince(start) / rounds);
  }
  return 0;
}

int WriteLevels(const LevelCompiler& compiler, const Texts& texts, const std::string& folder) {
  int failed = 0;
  for (const std::string& text : texts) {
    const Outcome outcome = Compile(compiler, text);
    if (!outcome.compiled) printf("line %d: %s\n", outcome.error.line, outcome.error.message.c_str());
    failed += outcome.compiled ? 0 : 1;
    for (const CompiledLevel& level : outcome.levels) {
      std::ofstream file(folder + "/" + level.name + ".lev", std::ios::binary);
      file.write(reinterpret_cast<const char*>(level.bytes.data()), static_cast<std::streamsize>(level.bytes.size()));
    }
  }
  return failed == 0 ? 0 : 1;
}

int Main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[2] : "";
  const int first_text = mode == "mutate" ? 6 : 4;
  if (argc <= first_text) {
    fprintf(stderr, "usage: %s LIBRARY compile FOLDER | bench ROUNDS | mutate SEED TEXTS THREADS  DES...\n", argv[0]);
    return 2;
  }
  std::string problem;
  const auto compiler = LevelCompiler::Open(argv[1], LevelCompiler::Loader::kBest, &problem);
  if (compiler == nullptr) {
    fprintf(stderr, "%s\n", problem.c_str());
    return 1;
  }
  const Texts texts = ReadTexts(argc - first_text, argv + first_text);
  if (mode == "compile") return WriteLevels(*compiler, texts, argv[3]);
  if (mode == "bench") return Bench(*compiler, texts, atoi(argv[3]));
  return Mutate(*compiler, LevelsOf(texts), strtoull(argv[3], nullptr, 10), atoi(argv[4]), atoi(argv[5]));
}

}  // namespace

int main(int argc, char** argv) { return Main(argc, argv); }
