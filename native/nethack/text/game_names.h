// The names the game's own tables hold, as the texts need them.

#ifndef METAMEM_NETHACK_TEXT_GAME_NAMES_H_
#define METAMEM_NETHACK_TEXT_GAME_NAMES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "nethack/host/game_library.h"

namespace metamem::nethack {

// The game's own numbers for kinds of objects.
enum ObjectClass : uint8_t {
  kIllegalObject = 1,
  kWeapon,
  kArmor,
  kRing,
  kAmulet,
  kTool,
  kFood,
  kPotion,
  kScroll,
  kSpellbook,
  kWand,
  kCoin,
  kGem,
  kRock,
  kBall,
  kChain,
  kVenom,
};

// One entry of the table of objects, unshuffled; what an entry lacks is empty.
struct ObjectName {
  uint8_t object_class;
  std::string name;
  std::string description;
};

struct GameNames {
  std::vector<std::string> monsters;
  std::vector<ObjectName> objects;
};

// Read from a library, no game of which is played for it. False with `*error` set when the library cannot be used.
bool ReadGameNames(const GameLibrary& library, GameNames* names, GameError* error);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_GAME_NAMES_H_
