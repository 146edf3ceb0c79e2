// Replays reference recordings of raw observations without JavaScript, so that a sanitizer build can watch the host's
// code. Reads simple lines from standard input (test/parity writes them), prints the first difference and exits with 1.
//
//   nethack_golden LIBRARY DATA [copies] < LINES
//
//   game CORE DISPLAY NAME ARRAYS   starts; ARRAYS are the names asked for and compared, separated by commas
//   row HASH HASH ...               first 8 hex digits of SHA-256 of every array, as of now
//   key CODE                        plays
//   over 0|1                        whether the game has ended

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "nethack/host/game.h"
#include "nethack/tools/sha256.h"

namespace metamem::nethack {
namespace {

constexpr int kSpace = 32;
constexpr int kInMoveloop = 3;

class Replay {
 public:
  explicit Replay(std::shared_ptr<const GameLibrary> library)
      : library_(std::move(library)), block_(BlockBytes(kAllKeys) / sizeof(uint64_t) + 1) {}

  // False at the first difference, which it has printed.
  bool Run(const std::string& line) {
    std::istringstream in(line);
    std::string command;
    in >> command;
    if (command == "game") return Begin(&in);
    if (command == "row") return Compare(&in);
    if (command == "key") return Press(&in);
    if (command == "over") return CompareOver(&in);
    return Fail("unknown command " + command);
  }

  int64_t keys_played() const { return keys_played_; }

 private:
  bool Fail(const std::string& what) const {
    printf("%s, after %" PRId64 " keys: %s\n", name_.c_str(), keys_in_game_, what.c_str());
    return false;
  }

  bool Check(const GameError& error) const { return !error || Fail(error.message); }

  uint8_t* block() { return reinterpret_cast<uint8_t*>(block_.data()); }

  bool Begin(std::istringstream* in) {
    GameSeeds seeds;
    std::string character;
    std::string arrays;
    *in >> seeds.core >> seeds.display >> character >> arrays;
    name_ = "core " + std::to_string(seeds.core) + " display " + std::to_string(seeds.display) + " " + character;
    keys_in_game_ = 0;
    GameOptions options;
    options.options = NethackOptions(character.substr(character.find('-') + 1), true);
    options.wanted = KeyBit(kProgramState);
    if (!ParseArrays(arrays, &options.wanted)) return false;
    // Whatever an earlier game left in the block must not show.
    memset(block(), 0xa5, BlockBytes(kAllKeys));
    GameError error;
    game_ = Game::Open(library_, options, block(), &error);
    if (game_ == nullptr) return Check(error);
    if (!Check(game_->Reset(seeds))) return false;
    const auto* state = reinterpret_cast<const int32_t*>(block() + ArrayOf(kProgramState).offset);
    while (game_->running() && state[kInMoveloop] == 0) {
      if (!Check(game_->Press(kSpace))) return false;
    }
    return true;
  }

  bool ParseArrays(const std::string& names, uint32_t* wanted) {
    compared_.clear();
    std::istringstream in(names);
    for (std::string name; std::getline(in, name, ',');) {
      int key = 0;
      while (key < kObservationKeys && name != ArrayOf(static_cast<ObservationKey>(key)).name) ++key;
      if (key == kObservationKeys) return Fail("unknown array " + name);
      compared_.push_back(static_cast<ObservationKey>(key));
      *wanted |= 1u << key;
    }
    return true;
  }

  bool Compare(std::istringstream* in) {
    for (const ObservationKey key : compared_) {
      std::string expected;
      *in >> expected;
      Sha256 hash;
      hash.Update(block() + ArrayOf(key).offset, static_cast<size_t>(ArrayOf(key).bytes()));
      const std::string actual = hash.Hex().substr(0, expected.size());
      if (actual != expected) return Fail(std::string(ArrayOf(key).name) + " is " + actual + ", expected " + expected);
    }
    return true;
  }

  bool Press(std::istringstream* in) {
    int key = 0;
    *in >> key;
    ++keys_in_game_;
    ++keys_played_;
    return Check(game_->Press(key));
  }

  bool CompareOver(std::istringstream* in) {
    int expected = 0;
    *in >> expected;
    return game_->over() == (expected != 0) || Fail(game_->over() ? "the game is over" : "the game goes on");
  }

  std::shared_ptr<const GameLibrary> library_;
  std::vector<uint64_t> block_;
  std::unique_ptr<Game> game_;
  std::vector<ObservationKey> compared_;
  std::string name_;
  int64_t keys_in_game_ = 0;
  int64_t keys_played_ = 0;
};

int Main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s LIBRARY DATA [copies] < LINES\n", argv[0]);
    return 2;
  }
  const auto loader = argc > 3 ? GameLibrary::Loader::kCopies : GameLibrary::Loader::kBest;
  GameError error;
  auto library = GameLibrary::Open(argv[1], argv[2], loader, &error);
  if (library == nullptr) {
    printf("%s\n", error.message.c_str());
    return 1;
  }
  Replay replay(library);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!replay.Run(line)) return 1;
  }
  printf("%" PRId64 " keys equal\n", replay.keys_played());
  return 0;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
