// How a game's files lie in its arena.

#ifndef METAMEM_NETHACK_GAME_STORED_FILE_H_
#define METAMEM_NETHACK_GAME_STORED_FILE_H_

#include <stddef.h>
#include <stdint.h>

namespace metamem::nethack {

constexpr size_t kNameBytes = 64;
constexpr size_t kPageBytes = 4096 - 24;

struct Page {
  Page* next;
  uint8_t bytes[kPageBytes];
};

struct StoredFile {
  StoredFile* next;
  char name[kNameBytes];
  Page* pages;
  size_t size;
};

// Both what a descriptor and what a FILE* names. `page` is the page `position` lies in, if it was looked up.
struct OpenFile {
  StoredFile* file;
  size_t position;
  Page* page;
  size_t page_index;
  bool append;
  bool failed;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_STORED_FILE_H_
