// malloc and its relatives, served from the compilation's arena. Chunks come in powers of two, one free list for each;
// fresh and reused ones are zeroed, so that every compilation sees the same. Nothing is given back before the end.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "minihack/level/compiler/session.h"
#include "nethack/game/libc_edge.h"

namespace metamem::minihack {
namespace {

constexpr size_t kHeaderBytes = 16;
constexpr unsigned kSmallestClass = 5;
constexpr unsigned kClasses = 40;
// The compiler copies a level's code for every step it adds. This much copying takes a few tenths of a second, and
// allows ten times the steps of the largest level that comes with the game.
constexpr size_t kAllocatedInTotal = size_t{2} << 30;

constexpr uint64_t kInUse = 0x6c65766c696e7573;
constexpr uint64_t kFree = 0x6c65766c66726565;

struct Header {
  uint64_t state;
  uint64_t size_class;
};
static_assert(sizeof(Header) == kHeaderBytes);

struct FreeChunk {
  FreeChunk* next;
};

FreeChunk* g_free[kClasses];
size_t g_allocated_in_total;

Header* HeaderOf(void* payload) { return static_cast<Header*>(payload) - 1; }
size_t RoomOf(void* payload) { return (size_t{1} << HeaderOf(payload)->size_class) - kHeaderBytes; }

unsigned ClassFor(size_t chunk_bytes) {
  unsigned size_class = kSmallestClass;
  while ((size_t{1} << size_class) < chunk_bytes) ++size_class;
  return size_class;
}

void* TakeFresh(unsigned size_class) {
  const size_t chunk_bytes = size_t{1} << size_class;
  if (chunk_bytes > g_setup.arena_bytes - g_status.arena_used) Fail("the level needs too much memory");
  uint8_t* chunk = g_setup.arena + g_status.arena_used;
  g_status.arena_used += chunk_bytes;
  return chunk + kHeaderBytes;
}

}  // namespace

extern "C" {

void* EdgeMalloc(size_t bytes) METAMEM_LIBC("malloc");
void* EdgeCalloc(size_t count, size_t bytes) METAMEM_LIBC("calloc");
void* EdgeRealloc(void* payload, size_t bytes) METAMEM_LIBC("realloc");
void EdgeFree(void* payload) METAMEM_LIBC("free");
char* EdgeStrdup(const char* text) METAMEM_LIBC("strdup");

void* EdgeMalloc(size_t bytes) {
  if (bytes > g_setup.arena_bytes) Fail("the level needs too much memory");
  g_allocated_in_total += bytes;
  if (g_allocated_in_total > kAllocatedInTotal) Fail("the level has too many parts");
  const unsigned size_class = ClassFor(bytes + kHeaderBytes);
  FreeChunk* reused = g_free[size_class];
  if (reused != nullptr) g_free[size_class] = reused->next;
  void* payload = reused != nullptr ? reused : TakeFresh(size_class);
  *HeaderOf(payload) = {kInUse, size_class};
  return memset(payload, 0, bytes);
}

void* EdgeCalloc(size_t count, size_t bytes) {
  if (bytes != 0 && count > g_setup.arena_bytes / bytes) Fail("the level needs too much memory");
  return EdgeMalloc(count * bytes);
}

void EdgeFree(void* payload) {
  if (payload == nullptr) return;
  Header* header = HeaderOf(payload);
  if (header->state != kInUse) Fail("the level compiler lost track of its memory");
  header->state = kFree;
  FreeChunk* chunk = static_cast<FreeChunk*>(payload);
  chunk->next = g_free[header->size_class];
  g_free[header->size_class] = chunk;
}

void* EdgeRealloc(void* payload, size_t bytes) {
  if (payload == nullptr) return EdgeMalloc(bytes);
  const size_t room = RoomOf(payload);
  if (bytes <= room) return payload;
  void* moved = EdgeMalloc(bytes);
  memcpy(moved, payload, room);
  EdgeFree(payload);
  return moved;
}

char* EdgeStrdup(const char* text) {
  const size_t bytes = strlen(text) + 1;
  return static_cast<char*>(memcpy(EdgeMalloc(bytes), text, bytes));
}

}  // extern "C"

}  // namespace metamem::minihack
