// The stack and the arena of one game, with a page below the stack that must not be touched.

#ifndef METAMEM_NETHACK_HOST_GAME_MEMORY_H_
#define METAMEM_NETHACK_HOST_GAME_MEMORY_H_

#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <string>

namespace metamem::nethack {

class GameMemory {
 public:
  // Null, with the reason in `*problem`, when the system refuses. Memory is only taken as it is used.
  static std::unique_ptr<GameMemory> Reserve(std::string* problem);

  ~GameMemory();
  GameMemory(const GameMemory&) = delete;
  GameMemory& operator=(const GameMemory&) = delete;

  uint8_t* stack() const;
  size_t stack_bytes() const;
  uint8_t* arena() const;
  size_t arena_bytes() const;

  // For the next game: a clean stack, and the arena given back where the last game (which used `arena_used` bytes)
  // needed more of it than most games do.
  void Recycle(size_t arena_used);

 private:
  explicit GameMemory(uint8_t* base) : base_(base) {}

  uint8_t* base_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_GAME_MEMORY_H_
