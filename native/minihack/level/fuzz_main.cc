// Compiles mutations of texts on several threads at once.
//
//   minihack_level_fuzz LIBRARY SEED TEXTS THREADS DES...
//
// Each text is compiled twice, with half of it in between. Fails when it becomes something else the second time, is
// refused without a reason, takes too long, or when memory grows with the number of texts.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "minihack/level/level_compiler.h"
#include "minihack/level/text_mutator.h"

namespace {

using metamem::minihack::CompiledLevel;
using metamem::minihack::CompileError;
using metamem::minihack::LevelCompiler;
using metamem::minihack::TextMutator;
using Clock = std::chrono::steady_clock;
using Texts = std::vector<std::string>;

// The largest text takes a tenth of this; machines can be busy.
constexpr auto kLongest = std::chrono::seconds(5);
// What the images, and their memory as far as it is kept, may need for each thread.
constexpr size_t kBytesPerThread = size_t{16} << 20;

// One text for each level of the files.
Texts ReadLevels(int count, char** paths) {
  Texts levels;
  for (int i = 0; i < count; ++i) {
    std::ifstream file(paths[i], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
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
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

struct Outcome {
  bool compiled = false;
  std::vector<CompiledLevel> levels;
  CompileError error;
};

bool Same(const Outcome& a, const Outcome& b) {
  const auto same_level = [](const CompiledLevel& x, const CompiledLevel& y) {
    return x.name == y.name && x.bytes == y.bytes;
  };
  return a.compiled == b.compiled && a.error.line == b.error.line && a.error.message == b.error.message &&
         std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), b.levels.end(), same_level);
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

void CheckText(const LevelCompiler& compiler, const std::string& text) {
  const auto start = Clock::now();
  const Outcome outcome = Compile(compiler, text);
  if (Clock::now() - start > kLongest) Report("too slow", text);
  ++(outcome.compiled ? g_compiled : g_refused);
  if (!outcome.compiled && (outcome.error.line < 1 || outcome.error.message.empty())) Report("no reason given", text);
  Compile(compiler, text.substr(0, text.size() / 2));
  if (!Same(outcome, Compile(compiler, text))) Report("not the same again", text);
}

void CheckMany(const LevelCompiler& compiler, const Texts& texts, uint64_t seed, int count) {
  TextMutator mutator(texts, seed);
  for (int i = 0; i < count && !g_failed; ++i) CheckText(compiler, mutator.Next());
}

int Main(int argc, char** argv) {
  if (argc < 6) {
    fprintf(stderr, "usage: %s LIBRARY SEED TEXTS THREADS DES...\n", argv[0]);
    return 2;
  }
  std::string problem;
  const auto compiler = LevelCompiler::Open(argv[1], LevelCompiler::Loader::kBest, &problem);
  if (compiler == nullptr) {
    fprintf(stderr, "%s\n", problem.c_str());
    return 1;
  }
  const uint64_t seed = strtoull(argv[2], nullptr, 10);
  const int count = atoi(argv[3]);
  const int threads = atoi(argv[4]);
  const Texts texts = ReadLevels(argc - 5, argv + 5);

  CheckMany(*compiler, texts, seed, count / 100);
  const size_t resident = ResidentBytes();
  std::vector<std::thread> running;
  for (int i = 1; i <= threads; ++i) {
    const uint64_t own_seed = seed + static_cast<uint64_t>(i);
    running.emplace_back([&, own_seed] { CheckMany(*compiler, texts, own_seed, count / threads); });
  }
  for (std::thread& thread : running) thread.join();
  const size_t limit = resident + static_cast<size_t>(threads) * kBytesPerThread;
  if (ResidentBytes() > limit) Report("memory grew", std::to_string(ResidentBytes() - resident) + " bytes");
  printf("{\"compiled\": %" PRIu64 ", \"refused\": %" PRIu64 "}\n", g_compiled.load(), g_refused.load());
  return g_failed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) { return Main(argc, argv); }
