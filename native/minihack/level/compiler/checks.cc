// What the checks compiled into upstream's sources call: instead of ending the process, a finding ends the compilation.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "minihack/level/compiler/session.h"
#include "nethack/game/libc_edge.h"

namespace metamem::minihack {
namespace {

void InsistOn(size_t bytes, size_t room) {
  if (bytes > room) Fail("a name, a text or a map is too long");
}

int PrintInto(char* out, size_t room, const char* format, va_list arguments) {
  const int length = vsnprintf(out, room, format, arguments);
  if (length >= 0) InsistOn(static_cast<size_t>(length) + 1, room);
  return length;
}

}  // namespace

extern "C" {

// Indices and pointers, checked by the compiler's sanitizers.

[[noreturn]] void CheckIndex(void*, uintptr_t) METAMEM_LIBC("__ubsan_handle_out_of_bounds_abort");
[[noreturn]] void CheckPointer(void*, uintptr_t) METAMEM_LIBC("__ubsan_handle_type_mismatch_v1_abort");

void CheckIndex(void*, uintptr_t) { Fail("something is too long or nested too deeply"); }
void CheckPointer(void*, uintptr_t) { Fail("something is used that was not defined"); }

// Sizes of buffers, checked where the C library's headers know them.

void* CheckedMemcpy(void* out, const void* from, size_t bytes, size_t room) METAMEM_LIBC("__memcpy_chk");
void* CheckedMemmove(void* out, const void* from, size_t bytes, size_t room) METAMEM_LIBC("__memmove_chk");
void* CheckedMemset(void* out, int byte, size_t bytes, size_t room) METAMEM_LIBC("__memset_chk");
char* CheckedStrcpy(char* out, const char* from, size_t room) METAMEM_LIBC("__strcpy_chk");
char* CheckedStpcpy(char* out, const char* from, size_t room) METAMEM_LIBC("__stpcpy_chk");
char* CheckedStrcat(char* out, const char* from, size_t room) METAMEM_LIBC("__strcat_chk");
char* CheckedStrncpy(char* out, const char* from, size_t bytes, size_t room) METAMEM_LIBC("__strncpy_chk");
char* CheckedStrncat(char* out, const char* from, size_t bytes, size_t room) METAMEM_LIBC("__strncat_chk");
int CheckedSprintf(char* out, int, size_t room, const char* format, ...) METAMEM_LIBC("__sprintf_chk");
int CheckedVsprintf(char* out, int, size_t room, const char* format, va_list) METAMEM_LIBC("__vsprintf_chk");

void* CheckedMemcpy(void* out, const void* from, size_t bytes, size_t room) {
  InsistOn(bytes, room);
  return memcpy(out, from, bytes);
}
void* CheckedMemmove(void* out, const void* from, size_t bytes, size_t room) {
  InsistOn(bytes, room);
  return memmove(out, from, bytes);
}
void* CheckedMemset(void* out, int byte, size_t bytes, size_t room) {
  InsistOn(bytes, room);
  return memset(out, byte, bytes);
}
char* CheckedStrcpy(char* out, const char* from, size_t room) {
  InsistOn(strlen(from) + 1, room);
  return strcpy(out, from);
}
char* CheckedStpcpy(char* out, const char* from, size_t room) {
  const size_t length = strlen(from);
  InsistOn(length + 1, room);
  memcpy(out, from, length + 1);
  return out + length;
}
char* CheckedStrcat(char* out, const char* from, size_t room) {
  InsistOn(strlen(out) + strlen(from) + 1, room);
  return strcat(out, from);
}
char* CheckedStrncpy(char* out, const char* from, size_t bytes, size_t room) {
  InsistOn(bytes, room);
  return strncpy(out, from, bytes);
}
char* CheckedStrncat(char* out, const char* from, size_t bytes, size_t room) {
  InsistOn(strlen(out) + strnlen(from, bytes) + 1, room);
  return strncat(out, from, bytes);
}
int CheckedSprintf(char* out, int, size_t room, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = PrintInto(out, room, format, arguments);
  va_end(arguments);
  return length;
}
int CheckedVsprintf(char* out, int, size_t room, const char* format, va_list arguments) {
  return PrintInto(out, room, format, arguments);
}

}  // extern "C"

}  // namespace metamem::minihack
