// What the game library and its host say to each other. The library holds one game in its writable data; the host maps
// it once per game, fills a GameSetup, and runs it from key to key.

#ifndef METAMEM_NETHACK_SHARED_GAME_ABI_H_
#define METAMEM_NETHACK_SHARED_GAME_ABI_H_

#include <stddef.h>
#include <stdint.h>

namespace metamem::nethack {

// Changes with every change of this file; a host refuses a library of another version.
inline constexpr uint32_t kAbiVersion = 3;

// Everything a game gets from outside. The host keeps what the pointers name alive and in place until the game is over.
struct GameSetup {
  const uint8_t* data_file;  // the game's data library (nhdat)
  size_t data_file_bytes;
  uint8_t* arena;  // all dynamic memory of the game, zeroed or left over from an earlier game
  size_t arena_bytes;
  uint8_t* stack;  // low end of the game's own stack
  size_t stack_bytes;
  const char* options;  // as in the variable NETHACKOPTIONS
  const char* wizkit;   // items for debug mode, one a line; may be empty
  uint64_t core_seed;
  uint64_t display_seed;
  bool reseed;
  bool spawn_monsters;
  int64_t clock_unix_seconds;  // the time it always is
  int32_t utc_offset_seconds;
  uint32_t wanted;  // observation keys; asking for screen_descriptions changes the game
  bool plays_described;  // the game as it goes with screen_descriptions, though nobody gets them
  uint8_t* block;   // where observations go, see observation_layout.h
};

enum GameEnding : int32_t {
  kStillRunning = 0,
  kEndedNormally,     // the game said good-bye
  kEndedWithError,    // the game gave up on purpose: `fault` says why
  kEndedByAbort,      // abort() or a failed assertion
  kEndedOutOfMemory,  // the arena is full
};

inline constexpr size_t kFaultBytes = 256;

// The game's side of the state, valid between keys.
struct GameStatus {
  GameEnding ending;
  int32_t exit_status;
  int32_t how_done;         // -1 until the game is over by its own rules, then the code of the end (0 died ... 15 ascended)
  bool in_normal_game;      // false while the observations are forced to be empty
  int64_t turn;             // the game's own counter
  size_t arena_used;        // bytes from the arena's start that were ever handed out
  char fault[kFaultBytes];  // what the game wrote to its error output last; zero terminated
};

// What the game's own tables call things; null where an entry has no such text. Never changes, and needs no running game.
struct GameNameTables {
  int32_t monsters;
  int32_t objects;
  const char* (*monster_name)(int32_t monster);
  const char* (*object_name)(int32_t object);
  const char* (*object_description)(int32_t object);  // of the unshuffled table
  int32_t (*object_class)(int32_t object);
};

// How the host gets into the library.
struct GameApi {
  uint32_t abi_version;
  // Starts the one game of this image and runs it to its first key request or its end.
  void (*start)(const GameSetup* setup);
  // Runs a waiting game with `key` to the next key request or its end.
  void (*step)(int32_t key);
  // The caller reads other arrays from now on: every wanted array is written anew at the next key request.
  void (*set_block)(uint8_t* block);
  const GameStatus* status;
  const GameNameTables* names;
  // Writes the current level as it is, whatever of it the hero knows: character and colour of each map cell. Between keys
  // of a running game only.
  void (*view_level)(uint8_t* chars, uint8_t* colors);
};

// The one symbol the library exports, of type GameApiFunction.
inline constexpr char kApiSymbol[] = "metamem_nethack_api";
using GameApiFunction = const GameApi* (*)();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_SHARED_GAME_ABI_H_
