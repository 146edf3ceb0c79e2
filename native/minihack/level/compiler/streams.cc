// The compiler's view of the process it runs in: one text to read, levels to write, errors to report, and nothing else.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "minihack/level/compiler/session.h"
#include "nethack/game/libc_edge.h"

namespace metamem::minihack {
namespace {

// To the compiler these are its FILE. Which one it is, is all there is to know about it.
struct Stream {
  int descriptor;
};

Stream g_streams[3] = {{0}, {1}, {2}};
size_t g_text_read;
LevelSpan* g_open_level;

constexpr int kLevelDescriptor = 3;
constexpr int kEndOfFile = -1;

// Error output ends in a complaint; standard output has nowhere to go.
void Print(const Stream* stream, const char* text, size_t bytes) {
  if (stream == &g_streams[2]) Complain(text, bytes);
}

int PrintFormatted(const Stream* stream, const char* format, va_list arguments) {
  char text[kComplaintBytes];
  const int length = vsnprintf(text, sizeof text, format, arguments);
  if (length > 0) Print(stream, text, strlen(text));
  return length;
}

LevelSpan* BeginLevel(const char* path) {
  const char* dot = strrchr(path, '.');
  const size_t length = dot == nullptr ? strlen(path) : static_cast<size_t>(dot - path);
  if (length >= kLevelNameBytes) Fail("a level's name is too long");
  if (g_status.levels == kMaxLevels) Fail("there are too many levels in one text");
  LevelSpan* level = &g_status.level[g_status.levels];
  memcpy(level->name, path, length);
  for (int i = 0; i < g_status.levels; ++i) {
    if (strcmp(g_status.level[i].name, level->name) == 0) Fail("a level of this name was defined before");
  }
  const LevelSpan* last = g_status.levels == 0 ? nullptr : level - 1;
  level->start = last == nullptr ? 0 : last->start + last->bytes;
  ++g_status.levels;
  return level;
}

}  // namespace

extern "C" {

Stream* g_stdin METAMEM_STREAM("stdin") = &g_streams[0];
Stream* g_stdout METAMEM_STREAM("stdout") = &g_streams[1];
Stream* g_stderr METAMEM_STREAM("stderr") = &g_streams[2];

// Input.

Stream* EdgeFreopen(const char*, const char*, Stream* stream) METAMEM_LIBC("freopen");
size_t EdgeFread(void* out, size_t bytes, size_t count, Stream*) METAMEM_LIBC("fread");
int EdgeGetc(Stream*) METAMEM_LIBC("getc");
int EdgeFerror(Stream*) METAMEM_LIBC("ferror");
void EdgeClearerr(Stream*) METAMEM_LIBC("clearerr");
int EdgeFileno(Stream* stream) METAMEM_LIBC("fileno");
int EdgeIsatty(int) METAMEM_LIBC("isatty");

Stream* EdgeFreopen(const char*, const char*, Stream* stream) { return stream; }
size_t EdgeFread(void* out, size_t bytes, size_t count, Stream*) {
  if (bytes == 0) return 0;
  const size_t left = (g_setup.text_bytes - g_text_read) / bytes;
  const size_t read = left < count ? left : count;
  memcpy(out, g_setup.text + g_text_read, read * bytes);
  g_text_read += read * bytes;
  return read;
}
int EdgeGetc(Stream* stream) {
  uint8_t byte;
  return EdgeFread(&byte, 1, 1, stream) == 1 ? byte : kEndOfFile;
}
int EdgeFerror(Stream*) { return 0; }
void EdgeClearerr(Stream*) {}
int EdgeFileno(Stream* stream) { return stream->descriptor; }
int EdgeIsatty(int) { return 0; }

// Levels. The compiler writes one after the other.

int EdgeOpen(const char* path, int, ...) METAMEM_LIBC("open");
long EdgeWrite(int, const void* data, size_t bytes) METAMEM_LIBC("write");
int EdgeClose(int) METAMEM_LIBC("close");

int EdgeOpen(const char* path, int, ...) {
  g_open_level = BeginLevel(path);
  return kLevelDescriptor;
}
long EdgeWrite(int, const void* data, size_t bytes) {
  const size_t end = g_open_level->start + g_open_level->bytes;
  if (bytes > g_setup.output_bytes - end) Fail("the levels are too large");
  memcpy(g_setup.output + end, data, bytes);
  g_open_level->bytes += bytes;
  return static_cast<long>(bytes);
}
int EdgeClose(int) { return 0; }

// Text output.

int EdgeFputc(int character, Stream* stream) METAMEM_LIBC("fputc");
int EdgePutc(int character, Stream* stream) METAMEM_LIBC("putc");
int EdgeFputs(const char* text, Stream* stream) METAMEM_LIBC("fputs");
size_t EdgeFwrite(const void* data, size_t bytes, size_t count, Stream* stream) METAMEM_LIBC("fwrite");
int EdgeFprintf(Stream* stream, const char* format, ...) METAMEM_LIBC("fprintf");
int EdgeVfprintf(Stream* stream, const char* format, va_list arguments) METAMEM_LIBC("vfprintf");
int EdgeCheckedFprintf(Stream* stream, int, const char* format, ...) METAMEM_LIBC("__fprintf_chk");
int EdgeCheckedVfprintf(Stream* stream, int, const char* format, va_list arguments) METAMEM_LIBC("__vfprintf_chk");
int EdgeFflush(Stream*) METAMEM_LIBC("fflush");
void EdgePerror(const char* text) METAMEM_LIBC("perror");

int EdgeFputc(int character, Stream* stream) {
  const char byte = static_cast<char>(character);
  Print(stream, &byte, 1);
  return character;
}
int EdgePutc(int character, Stream* stream) { return EdgeFputc(character, stream); }
int EdgeFputs(const char* text, Stream* stream) {
  Print(stream, text, strlen(text));
  return 0;
}
size_t EdgeFwrite(const void* data, size_t bytes, size_t count, Stream* stream) {
  Print(stream, static_cast<const char*>(data), bytes * count);
  return count;
}
int EdgeFprintf(Stream* stream, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = PrintFormatted(stream, format, arguments);
  va_end(arguments);
  return length;
}
int EdgeVfprintf(Stream* stream, const char* format, va_list arguments) {
  return PrintFormatted(stream, format, arguments);
}
int EdgeCheckedFprintf(Stream* stream, int, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = PrintFormatted(stream, format, arguments);
  va_end(arguments);
  return length;
}
int EdgeCheckedVfprintf(Stream* stream, int, const char* format, va_list arguments) {
  return PrintFormatted(stream, format, arguments);
}
int EdgeFflush(Stream*) { return 0; }
void EdgePerror(const char* text) { Fail(text); }

// Ends.

[[noreturn]] void EdgeExit(int status) METAMEM_LIBC("exit");
[[noreturn]] void EdgeAbort() METAMEM_LIBC("abort");

void EdgeExit(int status) {
  if (status != 0) Fail("the level compiler gave up");
  Finish();
}
void EdgeAbort() { Fail("the level compiler gave up"); }

}  // extern "C"

}  // namespace metamem::minihack
