// Plays many games at once with random keys, opened, reset, stepped and closed in random order, and checks that none
// of them notices the others: every so many games, one is played again alone and must show the same. Ends with the
// growth of memory and of open files, which must stay small. Prints one JSON object; exits with 1 on a difference.
//
//   nethack_soak LIBRARY DATA KEYS GAMES_AT_ONCE [SEEDS] [copies]

#include <dirent.h>
#include <inttypes.h>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "nethack/host/game.h"
#include "nethack/tools/random_keys.h"

namespace metamem::nethack {
namespace {

constexpr int kSpace = 32;
constexpr int kMostKeysPerGame = 4000;
constexpr int kReplayEvery = 16;

constexpr KeyStyle kStyles[] = {KeyStyle::kTask, KeyStyle::kKeys, KeyStyle::kAll};

// One game in progress: which one it is, and a running hash of everything it showed.
class Seat {
 public:
  // False after printing why there is no game.
  bool Open(const std::shared_ptr<const GameLibrary>& library, uint32_t wanted) {
    block_.assign(BlockBytes(wanted) / 8 + 1, 0);
    GameOptions options;
    options.options = NethackOptions("@", true);
    options.wanted = wanted;
    GameError error;
    game_ = Game::Open(library, options, reinterpret_cast<uint8_t*>(block_.data()), &error);
    return Report(error);
  }

  bool Begin(uint64_t seed) {
    seed_ = seed;
    style_ = kStyles[seed % 3];
    keys_ = RandomKeys(style_, seed);
    played_ = 0;
    hash_ = 0;
    const bool ok = Report(game_->Reset({seed, seed ^ 77, seed % 5 == 0}));
    Note();
    return ok;
  }

  bool Press() {
    const auto* state = reinterpret_cast<const int32_t*>(bytes() + ArrayOf(kProgramState).offset);
    const bool ok = Report(game_->Press(state[3] == 0 && played_ < 100 ? kSpace : keys_.Next()));
    ++played_;
    Note();
    return ok;
  }

  bool open() const { return game_ != nullptr; }
  bool ended() const { return game_->over() || played_ >= kMostKeysPerGame; }
  void Close() {
    game_.reset();
    block_ = {};
  }

  size_t memory_used() const { return game_->arena_used(); }
  uint64_t seed() const { return seed_; }
  uint64_t hash() const { return hash_; }
  int64_t played() const { return played_; }

 private:
  const uint8_t* bytes() const { return reinterpret_cast<const uint8_t*>(block_.data()); }

  bool Report(const GameError& error) const {
    if (error) printf("seed %" PRIu64 " after %" PRId64 " keys: %s\n", seed_, played_, error.message.c_str());
    return !error;
  }

  void Note() {
    for (uint64_t word : block_) hash_ = (hash_ ^ word) * 0x9e3779b97f4a7c15 + (hash_ >> 29);
  }

  std::vector<uint64_t> block_;
  std::unique_ptr<Game> game_;
  KeyStyle style_ = KeyStyle::kTask;
  RandomKeys keys_{KeyStyle::kTask, 0};
  uint64_t seed_ = 0;
  int64_t played_ = 0;
  uint64_t hash_ = 0;
};

int64_t OpenFiles() {
  int64_t count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (folder != nullptr && readdir(folder) != nullptr) ++count;
  if (folder != nullptr) closedir(folder);
  return count;
}

// Memory of this process alone, in KiB, without what the allocator merely keeps.
int64_t PrivateKib() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
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

class Soak {
 public:
  Soak(std::shared_ptr<const GameLibrary> library, int seats, uint64_t seeds)
      : library_(std::move(library)), seats_(static_cast<size_t>(seats)), seeds_(seeds) {}

  bool Play(int64_t keys) {
    while (keys_ < keys) {
      Seat& seat = seats_[Draw() % seats_.size()];
      if (!Visit(&seat)) return false;
    }
    for (Seat& seat : seats_) seat.Close();
    return true;
  }

  int64_t keys() const { return keys_; }
  int64_t games() const { return games_; }
  int64_t replays() const { return replays_; }
  size_t most_memory() const { return most_memory_; }

 private:
  uint64_t Draw() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ >> 11;
  }

  // Some with the large array, which changes the game.
  uint32_t WantedBy(uint64_t seed) const {
    return seed % 4 == 0 ? kAllKeys : kAllKeys & ~KeyBit(kScreenDescriptions);
  }

  // Plays a few keys at a seat, or ends its game and begins another, sometimes with a game opened anew.
  bool Visit(Seat* seat) {
    if (!seat->open()) return OpenAndBegin(seat);
    const uint64_t burst = 1 + Draw() % 50;
    for (uint64_t i = 0; i < burst && !seat->ended(); ++i) {
      if (!seat->Press()) return false;
      ++keys_;
    }
    most_memory_ = std::max(most_memory_, seat->memory_used());
    const bool abandon = Draw() % 400 == 0;
    if (!seat->ended() && !abandon) return true;
    if (games_ % kReplayEvery == 0 && !SameAlone(*seat)) return false;
    // The next game at this seat may want other arrays, so its block is another one.
    seat->Close();
    return Draw() % 4 == 0 || OpenAndBegin(seat);
  }

  bool OpenAndBegin(Seat* seat) {
    const uint64_t seed = seeds_ == 0 ? next_seed_++ : next_seed_++ % seeds_;
    ++games_;
    if (!seat->Open(library_, WantedBy(seed)) || !seat->Begin(seed)) return false;
    // A reset in the middle of a game must leave nothing behind.
    if (seed % 3 == 0) {
      for (int i = 0; i < 40 && !seat->ended(); ++i) {
        if (!seat->Press()) return false;
      }
      return seat->Begin(seed);
    }
    return true;
  }

  bool SameAlone(const Seat& seat) {
    Seat alone;
    if (!alone.Open(library_, WantedBy(seat.seed())) || !alone.Begin(seat.seed())) return false;
    while (alone.played() < seat.played()) {
      if (!alone.Press()) return false;
    }
    ++replays_;
    if (alone.hash() == seat.hash()) return true;
    printf("seed %" PRIu64 ", %" PRId64 " keys: another game alone than among others\n", seat.seed(), seat.played());
    return false;
  }

  std::shared_ptr<const GameLibrary> library_;
  std::vector<Seat> seats_;
  uint64_t seeds_;
  uint64_t state_ = 0x853c49e6748fea9b;
  uint64_t next_seed_ = 1;
  int64_t keys_ = 0;
  int64_t games_ = 0;
  int64_t replays_ = 0;
  size_t most_memory_ = 0;
};

int Main(int argc, char** argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: %s LIBRARY DATA KEYS GAMES_AT_ONCE [SEEDS] [copies]\n", argv[0]);
    return 2;
  }
  const int64_t keys = atoll(argv[3]);
  const int seats = atoi(argv[4]);
  const uint64_t seeds = argc > 5 ? strtoull(argv[5], nullptr, 10) : 0;
  GameError error;
  const auto loader = argc > 6 ? GameLibrary::Loader::kCopies : GameLibrary::Loader::kBest;
  auto library = GameLibrary::Open(argv[1], argv[2], loader, &error);
  if (library == nullptr) {
    printf("%s\n", error.message.c_str());
    return 1;
  }
  // A first part warms up everything that is kept for good.
  if (!Soak(library, seats, seeds).Play(keys / 10)) return 1;
  const int64_t kib = PrivateKib();
  const int64_t files = OpenFiles();
  Soak soak(library, seats, seeds);
  if (!soak.Play(keys)) return 1;
  const int64_t grown_kib = PrivateKib() - kib;
  const int64_t grown_files = OpenFiles() - files;
  printf("{\"keys\":%" PRId64 ",\"games\":%" PRId64 ",\"played_again_alone\":%" PRId64 ",\"largest_game_kib\":%zu"
         ",\"grown_kib\":%" PRId64 ",\"grown_files\":%" PRId64 "}\n",
         soak.keys(), soak.games(), soak.replays(), soak.most_memory() / 1024, grown_kib, grown_files);
  constexpr int64_t kToleratedKib = 4096;
  return grown_kib <= kToleratedKib && grown_files == 0 ? 0 : 1;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
