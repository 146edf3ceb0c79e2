#include "nethack/host/game_memory.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

namespace metamem::nethack {
namespace {

// A multiple of every page size in use.
constexpr size_t kGuardBytes = 64 * 1024;
// Games were seen to use 20 KiB at most.
constexpr size_t kStackBytes = 256 * 1024;
// Long games were seen to use 4 MiB.
constexpr size_t kArenaBytes = 32 * 1024 * 1024;
constexpr size_t kTotalBytes = kGuardBytes + kStackBytes + kArenaBytes;

// What a new game finds on its stack is zero this far down: code that reads what it never wrote reads the same in
// every game.
constexpr size_t kCleanStackBytes = 32 * 1024;
constexpr size_t kKeptArenaBytes = 512 * 1024;

}  // namespace

std::unique_ptr<GameMemory> GameMemory::Reserve(std::string* problem) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* base = mmap(nullptr, kTotalBytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (base != MAP_FAILED && mprotect(base, kGuardBytes, PROT_NONE) == 0) {
    return std::unique_ptr<GameMemory>(new GameMemory(static_cast<uint8_t*>(base)));
  }
  *problem = strerror(errno);
  if (base != MAP_FAILED) munmap(base, kTotalBytes);
  return nullptr;
}

GameMemory::~GameMemory() { munmap(base_, kTotalBytes); }

uint8_t* GameMemory::stack() const { return base_ + kGuardBytes; }
size_t GameMemory::stack_bytes() const { return kStackBytes; }
uint8_t* GameMemory::arena() const { return stack() + kStackBytes; }
size_t GameMemory::arena_bytes() const { return kArenaBytes; }

void GameMemory::Recycle(size_t arena_used) {
  memset(arena() - kCleanStackBytes, 0, kCleanStackBytes);
  if (arena_used > kKeptArenaBytes) madvise(arena() + kKeptArenaBytes, arena_used - kKeptArenaBytes, MADV_DONTNEED);
}

}  // namespace metamem::nethack
