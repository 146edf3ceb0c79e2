#include "crafter/mt19937_block.h"

#include <algorithm>
#include <cstring>

namespace metamem::crafter {
namespace {

constexpr int kWords = 624;
constexpr int kShift = 397;
constexpr uint32_t kUpper = 0x80000000u;
constexpr uint32_t kLower = 0x7fffffffu;
constexpr uint32_t kMatrix = 0x9908b0dfu;

inline uint32_t Twist(uint32_t current, uint32_t next, uint32_t shifted) {
  const uint32_t y = (current & kUpper) | (next & kLower);
  return shifted ^ (y >> 1) ^ (kMatrix & (0u - (y & 1u)));
}

// Within each of these three ranges no word depends on another word of the range that is already replaced: words
// [0, 227) read old words only, [227, 454) read [0, 227) as replaced, [454, 623) read [227, 396) as replaced.
constexpr int kRangeEnds[] = {kWords - kShift, 2 * (kWords - kShift), kWords - 1};

#if defined(__GNUC__)

#define METAMEM_INLINE inline __attribute__((always_inline))

template <int kLanes>
METAMEM_INLINE void TwistRange(uint32_t* words, int begin, int end, int shift) {
  typedef uint32_t Vector __attribute__((vector_size(4 * kLanes)));
  int i = begin;
  for (; i + kLanes <= end; i += kLanes) {
    Vector current, next, shifted;
    memcpy(&current, words + i, sizeof(current));
    memcpy(&next, words + i + 1, sizeof(next));
    memcpy(&shifted, words + i + shift, sizeof(shifted));
    const Vector y = (current & kUpper) | (next & kLower);
    const Vector value = shifted ^ (y >> 1) ^ (kMatrix & (0u - (y & 1u)));
    memcpy(words + i, &value, sizeof(value));
  }
  for (; i < end; ++i) words[i] = Twist(words[i], words[i + 1], words[i + shift]);
}

template <int kLanes>
METAMEM_INLINE void Blocks(uint32_t* words, uint64_t blocks) {
  for (; blocks > 0; --blocks) {
    TwistRange<kLanes>(words, 0, kRangeEnds[0], kShift);
    TwistRange<kLanes>(words, kRangeEnds[0], kRangeEnds[1], kShift - kWords);
    TwistRange<kLanes>(words, kRangeEnds[1], kRangeEnds[2], kShift - kWords);
    words[kWords - 1] = Twist(words[kWords - 1], words[0], words[kShift - 1]);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx512f"))) void BlocksAvx512(uint32_t* words, uint64_t blocks) { Blocks<16>(words, blocks); }
__attribute__((target("avx2"))) void BlocksAvx2(uint32_t* words, uint64_t blocks) { Blocks<8>(words, blocks); }
#endif

// Four lanes are SSE2 on x86-64 and NEON on arm64: both are always there.
void BlocksPortable(uint32_t* words, uint64_t blocks) { Blocks<4>(words, blocks); }

#else

void BlocksPortable(uint32_t* words, uint64_t blocks) {
  for (; blocks > 0; --blocks) {
    for (int i = 0; i < kWords; ++i) {
      words[i] = Twist(words[i], words[(i + 1) % kWords], words[(i + kShift) % kWords]);
    }
  }
}

#endif

std::vector<RegenerationPath> MakePaths() {
  std::vector<RegenerationPath> paths;
#if defined(__GNUC__) && defined(__x86_64__)
  __builtin_cpu_init();
  paths.push_back({"avx512", __builtin_cpu_supports("avx512f") != 0, BlocksAvx512});
  paths.push_back({"avx2", __builtin_cpu_supports("avx2") != 0, BlocksAvx2});
#endif
  paths.push_back({"portable", true, BlocksPortable});
  return paths;
}

const std::vector<RegenerationPath> kPaths = MakePaths();
void (*const kRun)(uint32_t*, uint64_t) = std::find_if(kPaths.begin(), kPaths.end(), [](const RegenerationPath& path) {
                                            return path.supported;
                                          })->run;

}  // namespace

void RegenerateBlocks(uint32_t* words, uint64_t blocks) { kRun(words, blocks); }

const std::vector<RegenerationPath>& RegenerationPaths() { return kPaths; }

bool RegeneratesCorrectly(const RegenerationPath& path) {
  constexpr int kBlocks = 3;
  uint32_t expected[kWords], actual[kWords];
  for (int i = 0; i < kWords; ++i) expected[i] = actual[i] = 2654435761u * static_cast<uint32_t>(i + 1);
  for (int i = 0; i < kBlocks * kWords; ++i) {
    const int at = i % kWords;
    expected[at] = Twist(expected[at], expected[(at + 1) % kWords], expected[(at + kShift) % kWords]);
  }
  path.run(actual, kBlocks);
  return std::equal(expected, expected + kWords, actual);
}

}  // namespace metamem::crafter
