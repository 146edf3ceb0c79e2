// The upstream library (built from the same sources with upstream's own parts and flags) behind the interface tools
// use for games: to compare observations with, and to measure against.

#ifndef METAMEM_NETHACK_TOOLS_REFERENCE_GAME_H_
#define METAMEM_NETHACK_TOOLS_REFERENCE_GAME_H_

#include <stdint.h>

#include <memory>
#include <string>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

// Every game loads a copy of the library of its own, and loads it again on each reset, as the Learning Environment
// does. The program must define `time` and export it, so that the library's clock can be set.
class ReferenceGame {
 public:
  // `wanted` says which arrays of `block` are written. Exits with a message when the files cannot be used.
  ReferenceGame(const std::string& library_path, const std::string& data_path, std::string options, uint32_t wanted,
                uint8_t* block);
  ~ReferenceGame();
  ReferenceGame(const ReferenceGame&) = delete;
  ReferenceGame& operator=(const ReferenceGame&) = delete;

  void Reset(uint64_t core_seed, uint64_t display_seed);
  void Press(int key);
  bool over() const;

 private:
  struct Interface;
  void Unload();

  std::unique_ptr<Interface> interface_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TOOLS_REFERENCE_GAME_H_
