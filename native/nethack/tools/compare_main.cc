// Plays random keys on our library and on the upstream one, and compares every array after every key.
//
//   nethack_compare LIBRARY DATA REFERENCE_LIBRARY FIRST_SEED GAMES KEYS [task|keys|debug|all] [descriptions]
//
// Styles of play: `task` moves around, `keys` mixes in most commands, `debug` uses debug mode to get to all levels, `all`
// sends any byte.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <memory>
#include <string>
#include <vector>

#include "nethack/host/game.h"
#include "nethack/tools/random_keys.h"
#include "nethack/tools/reference_game.h"

namespace {
constexpr time_t kClock = 1700136000;
}

// The upstream library asks this program for the time.
extern "C" __attribute__((visibility("default"))) time_t time(time_t* out) noexcept {
  if (out != nullptr) *out = kClock;
  return kClock;
}

namespace metamem::nethack {
namespace {

constexpr int kSpace = 32;
constexpr int kInMoveloop = 3;

void PrintScreen(const char* title, const uint8_t* block) {
  printf("--- %s\n", title);
  const char* chars = reinterpret_cast<const char*>(block) + ArrayOf(kTtyChars).offset;
  for (int row = 0; row < kScreenRows; ++row) printf("|%.80s|\n", chars + row * kScreenColumns);
}

struct Block {
  std::vector<uint64_t> words = std::vector<uint64_t>(BlockBytes(kAllKeys) / 8 + 1, 0);
  uint8_t* bytes() { return reinterpret_cast<uint8_t*>(words.data()); }
};

// The first array that differs, or null.
const char* FirstDifference(uint32_t wanted, const uint8_t* ours, const uint8_t* theirs) {
  for (int key = 0; key < kObservationKeys; ++key) {
    if ((wanted >> key & 1) == 0) continue;
    const ObservationArray& array = ArrayOf(static_cast<ObservationKey>(key));
    if (memcmp(ours + array.offset, theirs + array.offset, static_cast<size_t>(array.bytes())) != 0) return array.name;
  }
  return nullptr;
}

struct Pair {
  Game* ours;
  ReferenceGame* theirs;
  Block* our_block;
  Block* their_block;
  uint32_t wanted;

  // False after printing the difference.
  bool Same(uint64_t seed, int64_t keys) const {
    const char* array = FirstDifference(wanted, our_block->bytes(), their_block->bytes());
    if (array == nullptr && ours->over() == theirs->over()) return true;
    printf("seed %" PRIu64 " after %" PRId64 " keys: %s differs\n", seed, keys, array == nullptr ? "the end" : array);
    PrintScreen("ours", our_block->bytes());
    PrintScreen("reference", their_block->bytes());
    return false;
  }

  bool Press(int key) const {
    const GameError error = ours->Press(key);
    if (error) printf("%s\n", error.message.c_str());
    theirs->Press(key);
    return !error;
  }
};

bool PlayOne(const Pair& pair, uint64_t seed, int64_t max_keys, KeyStyle style, int64_t* keys_played) {
  const GameError error = pair.ours->Reset({seed, seed ^ 0x5bd1e995, false});
  if (error) {
    printf("%s\n", error.message.c_str());
    return false;
  }
  pair.theirs->Reset(seed, seed ^ 0x5bd1e995);
  const auto* state = reinterpret_cast<const int32_t*>(pair.our_block->bytes() + ArrayOf(kProgramState).offset);
  RandomKeys keys(style, seed);
  for (int64_t played = 0; played <= max_keys; ++played) {
    if (!pair.Same(seed, played)) return false;
    if (pair.ours->over()) break;
    if (!pair.Press(state[kInMoveloop] == 0 ? kSpace : keys.Next())) return false;
    ++*keys_played;
  }
  return true;
}

int Main(int argc, char** argv) {
  if (argc < 7) {
    fprintf(stderr, "usage: %s LIBRARY DATA REFERENCE FIRST_SEED GAMES KEYS [task|keys|debug|all] [descriptions]\n", argv[0]);
    return 2;
  }
  GameError error;
  auto library = GameLibrary::Open(argv[1], argv[2], GameLibrary::Loader::kBest, &error);
  Block ours;
  Block theirs;
  GameOptions options;
  const char* style = argc > 7 ? argv[7] : "keys";
  options.options = NethackOptions("@", true) + (StyleNamed(style) == KeyStyle::kDebug ? ",playmode:debug" : "");
  options.wanted = kAllKeys;
  if (argc <= 8) options.wanted &= ~KeyBit(kScreenDescriptions);
  std::unique_ptr<Game> game;
  if (library != nullptr) game = Game::Open(library, options, ours.bytes(), &error);
  if (game == nullptr) {
    printf("%s\n", error.message.c_str());
    return 1;
  }
  ReferenceGame reference(argv[3], argv[2], options.options, options.wanted, theirs.bytes());
  const Pair pair = {game.get(), &reference, &ours, &theirs, options.wanted};
  const uint64_t first = strtoull(argv[4], nullptr, 10);
  const int64_t games = atoll(argv[5]);
  int64_t keys = 0;
  for (int64_t i = 0; i < games; ++i) {
    if (!PlayOne(pair, first + static_cast<uint64_t>(i), atoll(argv[6]), StyleNamed(style), &keys)) {
      return 1;
    }
  }
  printf("%" PRId64 " games, %" PRId64 " keys equal\n", games, keys);
  return 0;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
