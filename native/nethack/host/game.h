// One NetHack: keys in, raw observations out.

#ifndef METAMEM_NETHACK_HOST_GAME_H_
#define METAMEM_NETHACK_HOST_GAME_H_

#include <memory>
#include <string>
#include <vector>

#include "nethack/host/error.h"
#include "nethack/host/flight_recorder.h"
#include "nethack/host/game_library.h"
#include "nethack/host/game_memory.h"
#include "nethack/shared/game_abi.h"
#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

// What stays the same over all games an object plays.
struct GameOptions {
  std::string options;  // as in the variable NETHACKOPTIONS; see NethackOptions()
  std::string wizkit;
  bool spawn_monsters = true;
  uint32_t wanted = 0;  // observation keys; asking for screen_descriptions changes the game
  bool plays_described = false;  // the game as it goes with screen_descriptions, though nobody gets them
  int64_t clock_unix_seconds = 1700136000;
  int32_t utc_offset_seconds = 0;
};

struct GameSeeds {
  uint64_t core = 0;
  uint64_t display = 0;
  bool reseed = false;
};

// The options the Learning Environment plays with, for the character `name` stands for ("@" is a random one, else
// like "mon-hum-neu-mal").
std::string NethackOptions(const std::string& character, bool autopickup);

// Not thread-safe, and tied to no thread: one thread at a time may use it.
class Game {
 public:
  // Null with `*error` set when there is no memory for another game. `block` has BlockBytes(options.wanted) bytes, is
  // aligned to 8, and outlives the game or is replaced before it goes.
  static std::unique_ptr<Game> Open(std::shared_ptr<const GameLibrary> library, GameOptions options, uint8_t* block,
                                    GameError* error);

  // Starts anew, whatever was before, and runs to the first key request.
  GameError Reset(const GameSeeds& seeds);

  // Sends one key and runs to the next key request or the end. 0 and -1 act as ESC.
  GameError Press(int32_t key);

  // Observations go to `block` from now on, completely at the next key request.
  void SetBlock(uint8_t* block);

  // From the next Reset() on this data library is played from, not the build's own. It must be whole.
  void SetDataFile(std::shared_ptr<const std::vector<uint8_t>> data) { next_data_file_ = std::move(data); }

  // Character and colour of each map cell (kMapCells each) of the level as it is, whatever of it the hero knows.
  GameError ViewLevel(uint8_t* chars, uint8_t* colors) const;

  // Gives everything back. All later calls fail with `closed`.
  void Close();

  bool running() const { return state_ == State::kRunning; }
  bool over() const { return state_ == State::kOver; }
  bool in_normal_game() const { return api_ != nullptr && api_->status->in_normal_game; }
  // Code of the end (0 died ... 15 ascended); -1 while the game was not ended by its own rules.
  int how_done() const { return api_ == nullptr ? -1 : api_->status->how_done; }
  // The last that the game wrote to its error output.
  std::string fault() const { return api_ == nullptr ? "" : api_->status->fault; }
  size_t arena_used() const { return api_ == nullptr ? 0 : api_->status->arena_used; }

 private:
  enum class State { kNew, kRunning, kOver, kFailed, kClosed };

  Game(std::shared_ptr<const GameLibrary> library, GameOptions options, uint8_t* block);
  GameError AfterRun();

  std::shared_ptr<const GameLibrary> library_;
  GameOptions options_;
  uint8_t* block_;
  std::unique_ptr<LibraryImage> image_;
  std::unique_ptr<GameMemory> memory_;
  std::shared_ptr<FlightRecord> record_;
  // A running game reads on in the one it was started with.
  std::shared_ptr<const std::vector<uint8_t>> data_file_;
  std::shared_ptr<const std::vector<uint8_t>> next_data_file_;
  const GameApi* api_ = nullptr;
  State state_ = State::kNew;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_GAME_H_
