// One private copy of the game library's data, with its code shared where the platform allows it.

#ifndef METAMEM_NETHACK_HOST_GAME_IMAGE_H_
#define METAMEM_NETHACK_HOST_GAME_IMAGE_H_

#include <memory>
#include <string>

#include "nethack/shared/game_abi.h"

namespace metamem::nethack {

class GameImage {
 public:
  virtual ~GameImage() = default;

  // Brings all data back to how it was when the library was loaded, and gives the way in; null with the reason in
  // `*problem` when the system refuses. What an earlier call returned is invalid afterwards.
  virtual const GameApi* Restore(std::string* problem) = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_GAME_IMAGE_H_
