// The game's read-only data files, stands in for src/dlb.c. The library file lies in memory that all games share;
// its directory is read once per game.

#include "nethack/game/nethack_headers.h"

extern "C" {
#include "dlb.h"
}

#include "nethack/game/session.h"

namespace {

using metamem::nethack::g_setup;

constexpr int kMaxEntries = 256;
constexpr int kNameBytes = 24;

struct Entry {
  char name[kNameBytes];
  long start;
};

Entry g_entries[kMaxEntries];
int g_entry_count;

struct Cursor {
  const char* at;
  const char* end;
};

// Reads a decimal number after blanks; -1 when there is none.
long ReadNumber(Cursor* text) {
  while (text->at < text->end && *text->at == ' ') ++text->at;
  long value = -1;
  for (; text->at < text->end && *text->at >= '0' && *text->at <= '9'; ++text->at) {
    value = (value < 0 ? 0 : value) * 10 + (*text->at - '0');
  }
  return value;
}

void SkipLine(Cursor* text) {
  while (text->at < text->end && *text->at++ != '\n') {
  }
}

long EndOf(int index) {
  return index + 1 < g_entry_count ? g_entries[index + 1].start : static_cast<long>(g_setup.data_file_bytes);
}

// One directory line: a blank, the name, the offset.
bool ReadEntry(Cursor* text, Entry* entry) {
  if (text->end - text->at < 2) return false;
  ++text->at;
  int length = 0;
  while (text->at < text->end && *text->at != ' ' && length < kNameBytes - 1) entry->name[length++] = *text->at++;
  entry->name[length] = '\0';
  entry->start = ReadNumber(text);
  SkipLine(text);
  return entry->start >= 0 && entry->start <= static_cast<long>(g_setup.data_file_bytes);
}

}  // namespace

extern "C" {

// The host has checked the whole file; what is checked here only keeps reads inside it.
boolean dlb_init() {
  Cursor text = {reinterpret_cast<const char*>(g_setup.data_file), nullptr};
  text.end = text.at + g_setup.data_file_bytes;
  const long revision = ReadNumber(&text);
  const long count = ReadNumber(&text);
  SkipLine(&text);
  if (revision != 1 || count < 1 || count > kMaxEntries) return 0;
  for (g_entry_count = 0; g_entry_count < count; ++g_entry_count) {
    if (!ReadEntry(&text, &g_entries[g_entry_count])) return 0;
  }
  return 1;
}

void dlb_cleanup() { g_entry_count = 0; }

dlb* dlb_fopen(const char* name, const char*) {
  for (int i = 0; i < g_entry_count; ++i) {
    if (strcmp(g_entries[i].name, name) != 0) continue;
    dlb* file = reinterpret_cast<dlb*>(alloc(sizeof(dlb)));
    file->fp = nullptr;
    file->lib = nullptr;
    file->start = g_entries[i].start;
    file->size = EndOf(i) - g_entries[i].start;
    file->mark = 0;
    return file;
  }
  return nullptr;
}

int dlb_fclose(dlb* file) {
  free(file);
  return 0;
}

int dlb_fread(char* out, int size, int count, dlb* file) {
  if (size <= 0 || count <= 0) return 0;
  const long left = (file->size - file->mark) / size;
  const int read = left < count ? static_cast<int>(left) : count;
  memcpy(out, g_setup.data_file + file->start + file->mark, static_cast<size_t>(read) * size);
  file->mark += static_cast<long>(read) * size;
  return read;
}

// An offset from the end counts backwards.
int dlb_fseek(dlb* file, long offset, int whence) {
  const long wanted = whence == SEEK_CUR ? file->mark + offset : whence == SEEK_END ? file->size - offset : offset;
  file->mark = wanted < 0 ? 0 : wanted > file->size ? file->size : wanted;
  return 0;
}

char* dlb_fgets(char* out, int bytes, dlb* file) {
  if (bytes <= 0) return out;
  const long left = file->size - file->mark;
  if (left <= 0) return nullptr;
  const long room = left < bytes - 1 ? left : bytes - 1;
  const char* line = reinterpret_cast<const char*>(g_setup.data_file) + file->start + file->mark;
  const void* newline = memchr(line, '\n', static_cast<size_t>(room));
  const long length = newline == nullptr ? room : static_cast<const char*>(newline) - line + 1;
  memcpy(out, line, static_cast<size_t>(length));
  out[length] = '\0';
  file->mark += length;
  return out;
}

int dlb_fgetc(dlb* file) {
  if (file->mark >= file->size) return EOF;
  // As a plain char, the way the game's own reader returns it.
  return static_cast<char>(g_setup.data_file[file->start + file->mark++]);
}

long dlb_ftell(dlb* file) { return file->mark; }

}  // extern "C"
