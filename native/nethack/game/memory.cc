// malloc and its relatives, served from the game's arena.
//
// Chunks are a size word followed by the payload, which is aligned to 16 bytes and zeroed: whatever a game does with
// fresh memory, it does the same in every run. Small chunks have one free list per size; large ones share a list that
// is searched first-fit. Nothing is ever given back to the system: the host drops the whole arena with the game.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "nethack/game/libc_edge.h"
#include "nethack/game/session.h"

namespace metamem::nethack {
namespace {

constexpr size_t kHeaderBytes = 8;
constexpr size_t kAlignment = 16;
constexpr size_t kSmallPayload = 2040;
constexpr size_t kSmallLists = (kSmallPayload + kHeaderBytes) / kAlignment + 1;
// A free large chunk serves a request if at most this share of it, 1 / n, is wasted.
constexpr size_t kLargeSlackDivisor = 4;

struct FreeChunk {
  FreeChunk* next;
};

FreeChunk* g_small_free[kSmallLists];
FreeChunk* g_large_free;
size_t g_used;

size_t& ChunkBytes(void* payload) { return *(static_cast<size_t*>(payload) - 1); }

void* TakeLarge(size_t chunk_bytes) {
  for (FreeChunk** link = &g_large_free; *link != nullptr; link = &(*link)->next) {
    const size_t found = ChunkBytes(*link);
    if (found < chunk_bytes || found - chunk_bytes > found / kLargeSlackDivisor) continue;
    FreeChunk* chunk = *link;
    *link = chunk->next;
    return chunk;
  }
  return nullptr;
}

void* TakeFresh(size_t chunk_bytes) {
  // The first header lies 8 bytes into the arena, so that every payload is aligned.
  if (g_used == 0) g_used = kHeaderBytes;
  if (chunk_bytes > g_setup.arena_bytes - g_used - kHeaderBytes) EndGame(kEndedOutOfMemory, 1);
  void* payload = g_setup.arena + g_used + kHeaderBytes;
  g_used += chunk_bytes;
  g_status.arena_used = g_used;
  ChunkBytes(payload) = chunk_bytes;
  return payload;
}

}  // namespace

extern "C" {

void* EdgeMalloc(size_t bytes) METAMEM_LIBC("malloc");
void* EdgeCalloc(size_t count, size_t bytes) METAMEM_LIBC("calloc");
void* EdgeRealloc(void* payload, size_t bytes) METAMEM_LIBC("realloc");
void EdgeFree(void* payload) METAMEM_LIBC("free");

void* EdgeMalloc(size_t bytes) {
  if (bytes > g_setup.arena_bytes) EndGame(kEndedOutOfMemory, 1);
  const size_t chunk_bytes = (bytes + kHeaderBytes + kAlignment - 1) / kAlignment * kAlignment;
  void* payload = nullptr;
  if (bytes <= kSmallPayload) {
    FreeChunk*& list = g_small_free[chunk_bytes / kAlignment];
    payload = list;
    if (payload != nullptr) list = list->next;
  } else {
    payload = TakeLarge(chunk_bytes);
  }
  if (payload == nullptr) payload = TakeFresh(chunk_bytes);
  return memset(payload, 0, bytes);
}

void* EdgeCalloc(size_t count, size_t bytes) {
  if (bytes != 0 && count > g_setup.arena_bytes / bytes) EndGame(kEndedOutOfMemory, 1);
  return EdgeMalloc(count * bytes);
}

void EdgeFree(void* payload) {
  if (payload == nullptr) return;
  const size_t chunk_bytes = ChunkBytes(payload);
  FreeChunk*& list = chunk_bytes <= kSmallPayload + kHeaderBytes ? g_small_free[chunk_bytes / kAlignment] : g_large_free;
  FreeChunk* chunk = static_cast<FreeChunk*>(payload);
  chunk->next = list;
  list = chunk;
}

void* EdgeRealloc(void* payload, size_t bytes) {
  if (payload == nullptr) return EdgeMalloc(bytes);
  const size_t room = ChunkBytes(payload) - kHeaderBytes;
  if (bytes <= room) return payload;
  void* moved = EdgeMalloc(bytes);
  memcpy(moved, payload, room);
  EdgeFree(payload);
  return moved;
}

}  // extern "C"

}  // namespace metamem::nethack
