// The game's files, all in its arena: levels it left, the score list, logs. Nothing exists when a game starts except
// the empty files an installation provides, and everything is gone with the game.

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nethack/game/libc_edge.h"
#include "nethack/game/session.h"
#include "nethack/game/stored_file.h"

namespace metamem::nethack {
namespace {

constexpr int kMaxOpen = 16;
constexpr int kFirstDescriptor = 3;
constexpr int kEndOfFile = -1;

StoredFile* g_files;
OpenFile g_open[kMaxOpen];
OpenFile g_standard_streams[3];

StoredFile* Find(const char* name) {
  for (StoredFile* file = g_files; file != nullptr; file = file->next) {
    if (strcmp(file->name, name) == 0) return file;
  }
  return nullptr;
}

StoredFile* Create(const char* name) {
  if (strlen(name) >= kNameBytes) return nullptr;
  StoredFile* file = static_cast<StoredFile*>(calloc(1, sizeof *file));
  memcpy(file->name, name, strlen(name) + 1);
  file->next = g_files;
  g_files = file;
  return file;
}

void DropPages(StoredFile* file) {
  for (Page* page = file->pages; page != nullptr;) {
    Page* next = page->next;
    free(page);
    page = next;
  }
  file->pages = nullptr;
  file->size = 0;
}

// The files every installation has.
bool IsProvided(const char* name) {
  return strcmp(name, "record") == 0 || strcmp(name, "logfile") == 0 || strcmp(name, "xlogfile") == 0 ||
         strcmp(name, "perm") == 0;
}

OpenFile* Open(const char* name, bool create, bool truncate, bool append) {
  StoredFile* file = Find(name);
  if (file == nullptr && (create || IsProvided(name))) file = Create(name);
  if (file == nullptr) {
    errno = ENOENT;
    return nullptr;
  }
  for (OpenFile& open : g_open) {
    if (open.file != nullptr) continue;
    if (truncate) DropPages(file);
    memset(&open, 0, sizeof open);
    open.file = file;
    open.append = append;
    return &open;
  }
  errno = EMFILE;
  return nullptr;
}

OpenFile* OfDescriptor(int descriptor) {
  const int index = descriptor - kFirstDescriptor;
  if (index < 0 || index >= kMaxOpen || g_open[index].file == nullptr) {
    errno = EBADF;
    return nullptr;
  }
  return &g_open[index];
}

int DescriptorOf(const OpenFile* open) {
  return open == nullptr ? -1 : static_cast<int>(open - g_open) + kFirstDescriptor;
}

// The page holding byte `position`; missing pages are added when `grow` says so.
Page* PageAt(OpenFile* open, bool grow) {
  const size_t wanted = open->position / kPageBytes;
  if (open->page == nullptr || open->page_index > wanted) {
    if (open->file->pages == nullptr) {
      if (!grow) return nullptr;
      open->file->pages = static_cast<Page*>(calloc(1, sizeof(Page)));
    }
    open->page = open->file->pages;
    open->page_index = 0;
  }
  while (open->page_index < wanted) {
    if (open->page->next == nullptr) {
      if (!grow) return nullptr;
      open->page->next = static_cast<Page*>(calloc(1, sizeof(Page)));
    }
    open->page = open->page->next;
    ++open->page_index;
  }
  return open->page;
}

size_t Read(OpenFile* open, void* out, size_t bytes) {
  const size_t left = open->position < open->file->size ? open->file->size - open->position : 0;
  const size_t wanted = bytes < left ? bytes : left;
  size_t done = 0;
  while (done < wanted) {
    const Page* page = PageAt(open, false);
    const size_t at = open->position % kPageBytes;
    const size_t part = wanted - done < kPageBytes - at ? wanted - done : kPageBytes - at;
    memcpy(static_cast<uint8_t*>(out) + done, page->bytes + at, part);
    done += part;
    open->position += part;
  }
  return done;
}

size_t Write(OpenFile* open, const void* data, size_t bytes) {
  if (open->append) open->position = open->file->size;
  size_t done = 0;
  while (done < bytes) {
    Page* page = PageAt(open, true);
    const size_t at = open->position % kPageBytes;
    const size_t part = bytes - done < kPageBytes - at ? bytes - done : kPageBytes - at;
    memcpy(page->bytes + at, static_cast<const uint8_t*>(data) + done, part);
    done += part;
    open->position += part;
  }
  if (open->position > open->file->size) open->file->size = open->position;
  return done;
}

long Seek(OpenFile* open, long offset, int whence) {
  const long base = whence == SEEK_SET   ? 0
                    : whence == SEEK_CUR ? static_cast<long>(open->position)
                                         : static_cast<long>(open->file->size);
  if (base + offset < 0) {
    errno = EINVAL;
    return -1;
  }
  open->position = static_cast<size_t>(base + offset);
  return base + offset;
}

void Close(OpenFile* open) { open->file = nullptr; }

bool IsErrorOutput(const OpenFile* stream) { return stream == &g_standard_streams[2]; }

// Text for a stream. The terminal is drawn by other means, so standard output has nowhere to go.
size_t Print(OpenFile* stream, const char* text, size_t bytes) {
  if (stream->file != nullptr) return Write(stream, text, bytes);
  if (IsErrorOutput(stream)) RecordFault(text, bytes);
  return bytes;
}

int PrintFormatted(OpenFile* stream, const char* format, va_list arguments) {
  char text[2048];
  const int length = vsnprintf(text, sizeof text, format, arguments);
  if (length < 0) return length;
  const size_t kept = static_cast<size_t>(length) < sizeof text ? static_cast<size_t>(length) : sizeof text - 1;
  Print(stream, text, kept);
  return length;
}

}  // namespace

// Declared in C++ with our own type for streams; to the game they are its FILE.
extern "C" {

OpenFile* g_stdin METAMEM_STREAM("stdin") = &g_standard_streams[0];
OpenFile* g_stdout METAMEM_STREAM("stdout") = &g_standard_streams[1];
OpenFile* g_stderr METAMEM_STREAM("stderr") = &g_standard_streams[2];

// Descriptors.

int EdgeOpen(const char* name, int flags, ...) METAMEM_LIBC("open");
int EdgeCreat(const char* name, unsigned) METAMEM_LIBC("creat");
int EdgeClose(int descriptor) METAMEM_LIBC("close");
long EdgeRead(int descriptor, void* out, size_t bytes) METAMEM_LIBC("read");
long EdgeWrite(int descriptor, const void* data, size_t bytes) METAMEM_LIBC("write");
long EdgeLseek(int descriptor, long offset, int whence) METAMEM_LIBC("lseek");
int EdgeFcntl(int, int, ...) METAMEM_LIBC("fcntl");

int EdgeOpen(const char* name, int flags, ...) {
  return DescriptorOf(Open(name, (flags & O_CREAT) != 0, (flags & O_TRUNC) != 0, (flags & O_APPEND) != 0));
}
int EdgeCreat(const char* name, unsigned) { return DescriptorOf(Open(name, true, true, false)); }
int EdgeClose(int descriptor) {
  OpenFile* open = OfDescriptor(descriptor);
  if (open == nullptr) return -1;
  Close(open);
  return 0;
}
long EdgeRead(int descriptor, void* out, size_t bytes) {
  OpenFile* open = OfDescriptor(descriptor);
  return open == nullptr ? -1 : static_cast<long>(Read(open, out, bytes));
}
long EdgeWrite(int descriptor, const void* data, size_t bytes) {
  OpenFile* open = OfDescriptor(descriptor);
  return open == nullptr ? -1 : static_cast<long>(Write(open, data, bytes));
}
long EdgeLseek(int descriptor, long offset, int whence) {
  OpenFile* open = OfDescriptor(descriptor);
  return open == nullptr ? -1 : Seek(open, offset, whence);
}
// Only ever used to lock files, which nobody else can reach.
int EdgeFcntl(int, int, ...) { return 0; }

// Names.

int EdgeUnlink(const char* name) METAMEM_LIBC("unlink");
int EdgeRename(const char* from, const char* to) METAMEM_LIBC("rename");
int EdgeAccess(const char* name, int) METAMEM_LIBC("access");
int EdgeChmod(const char*, unsigned) METAMEM_LIBC("chmod");
int EdgeStat(const char*, void*) METAMEM_LIBC("stat");

int EdgeUnlink(const char* name) {
  for (StoredFile** link = &g_files; *link != nullptr; link = &(*link)->next) {
    StoredFile* file = *link;
    if (strcmp(file->name, name) != 0) continue;
    for (OpenFile& open : g_open) {
      if (open.file == file) Close(&open);
    }
    *link = file->next;
    DropPages(file);
    free(file);
    return 0;
  }
  errno = ENOENT;
  return -1;
}
int EdgeRename(const char* from, const char* to) {
  StoredFile* file = Find(from);
  if (file == nullptr || strlen(to) >= kNameBytes) {
    errno = ENOENT;
    return -1;
  }
  EdgeUnlink(to);
  memcpy(file->name, to, strlen(to) + 1);
  return 0;
}
int EdgeAccess(const char* name, int) {
  if (Find(name) != nullptr || IsProvided(name)) return 0;
  errno = ENOENT;
  return -1;
}
int EdgeChmod(const char*, unsigned) { return 0; }
int EdgeStat(const char*, void*) {
  errno = ENOENT;
  return -1;
}

// Streams.

OpenFile* EdgeFopen(const char* name, const char* mode) METAMEM_LIBC("fopen");
OpenFile* EdgeFdopen(int descriptor, const char*) METAMEM_LIBC("fdopen");
OpenFile* EdgeFmemopen(void*, size_t, const char*) METAMEM_LIBC("fmemopen");
int EdgeFclose(OpenFile* stream) METAMEM_LIBC("fclose");
int EdgeFileno(OpenFile* stream) METAMEM_LIBC("fileno");
size_t EdgeFread(void* out, size_t bytes, size_t count, OpenFile* stream) METAMEM_LIBC("fread");
size_t EdgeFwrite(const void* data, size_t bytes, size_t count, OpenFile* stream) METAMEM_LIBC("fwrite");
char* EdgeFgets(char* out, int bytes, OpenFile* stream) METAMEM_LIBC("fgets");
int EdgeFgetc(OpenFile* stream) METAMEM_LIBC("fgetc");
int EdgeGetc(OpenFile* stream) METAMEM_LIBC("getc");
int EdgeUngetc(int character, OpenFile* stream) METAMEM_LIBC("ungetc");
int EdgeFseek(OpenFile* stream, long offset, int whence) METAMEM_LIBC("fseek");
long EdgeFtell(OpenFile* stream) METAMEM_LIBC("ftell");
void EdgeRewind(OpenFile* stream) METAMEM_LIBC("rewind");
int EdgeFerror(OpenFile* stream) METAMEM_LIBC("ferror");
void EdgeClearerr(OpenFile* stream) METAMEM_LIBC("clearerr");
int EdgeFflush(OpenFile*) METAMEM_LIBC("fflush");

OpenFile* EdgeFopen(const char* name, const char* mode) {
  return Open(name, mode[0] != 'r', mode[0] == 'w', mode[0] == 'a');
}
OpenFile* EdgeFdopen(int descriptor, const char*) { return OfDescriptor(descriptor); }
OpenFile* EdgeFmemopen(void*, size_t, const char*) { return nullptr; }
int EdgeFclose(OpenFile* stream) {
  Close(stream);
  return 0;
}
int EdgeFileno(OpenFile* stream) {
  return stream->file != nullptr ? DescriptorOf(stream) : static_cast<int>(stream - g_standard_streams);
}
size_t EdgeFread(void* out, size_t bytes, size_t count, OpenFile* stream) {
  if (stream->file == nullptr || bytes == 0) return 0;
  return Read(stream, out, bytes * count) / bytes;
}
size_t EdgeFwrite(const void* data, size_t bytes, size_t count, OpenFile* stream) {
  if (bytes == 0) return 0;
  return Print(stream, static_cast<const char*>(data), bytes * count) / bytes;
}
int EdgeFgetc(OpenFile* stream) {
  uint8_t byte;
  return stream->file != nullptr && Read(stream, &byte, 1) == 1 ? byte : kEndOfFile;
}
int EdgeGetc(OpenFile* stream) { return EdgeFgetc(stream); }
char* EdgeFgets(char* out, int bytes, OpenFile* stream) {
  int used = 0;
  while (used < bytes - 1) {
    const int character = EdgeFgetc(stream);
    if (character == kEndOfFile) break;
    out[used++] = static_cast<char>(character);
    if (character == '\n') break;
  }
  if (used == 0) return nullptr;
  out[used] = '\0';
  return out;
}
int EdgeUngetc(int character, OpenFile* stream) {
  if (stream->file == nullptr || stream->position == 0) return kEndOfFile;
  --stream->position;
  return character;
}
int EdgeFseek(OpenFile* stream, long offset, int whence) {
  return stream->file != nullptr && Seek(stream, offset, whence) >= 0 ? 0 : -1;
}
long EdgeFtell(OpenFile* stream) { return static_cast<long>(stream->position); }
void EdgeRewind(OpenFile* stream) { stream->position = 0; }
int EdgeFerror(OpenFile*) { return 0; }
void EdgeClearerr(OpenFile*) {}
int EdgeFflush(OpenFile*) { return 0; }

// Text output.

int EdgeFputc(int character, OpenFile* stream) METAMEM_LIBC("fputc");
int EdgePutc(int character, OpenFile* stream) METAMEM_LIBC("putc");
int EdgeFputs(const char* text, OpenFile* stream) METAMEM_LIBC("fputs");
int EdgePuts(const char* text) METAMEM_LIBC("puts");
int EdgePutchar(int character) METAMEM_LIBC("putchar");
int EdgeFprintf(OpenFile* stream, const char* format, ...) METAMEM_LIBC("fprintf");
int EdgeVfprintf(OpenFile* stream, const char* format, va_list arguments) METAMEM_LIBC("vfprintf");
int EdgePrintf(const char* format, ...) METAMEM_LIBC("printf");
void EdgePerror(const char* text) METAMEM_LIBC("perror");

int EdgeFputc(int character, OpenFile* stream) {
  const char byte = static_cast<char>(character);
  Print(stream, &byte, 1);
  return character;
}
int EdgePutc(int character, OpenFile* stream) { return EdgeFputc(character, stream); }
int EdgeFputs(const char* text, OpenFile* stream) {
  Print(stream, text, strlen(text));
  return 0;
}
int EdgePuts(const char* text) { return EdgeFputs(text, g_stdout); }
int EdgePutchar(int character) { return EdgeFputc(character, g_stdout); }
int EdgeFprintf(OpenFile* stream, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = PrintFormatted(stream, format, arguments);
  va_end(arguments);
  return length;
}
int EdgeVfprintf(OpenFile* stream, const char* format, va_list arguments) {
  return PrintFormatted(stream, format, arguments);
}
int EdgePrintf(const char*, ...) { return 0; }
void EdgePerror(const char* text) { RecordFault(text, strlen(text)); }

// Formatted input. Its one user reads the score list, which holds nothing until the game is over.

int EdgeFscanf(OpenFile*, const char*, ...) METAMEM_LIBC("fscanf");
int EdgeFscanf99(OpenFile*, const char*, ...) METAMEM_LIBC("__isoc99_fscanf");
int EdgeFscanf23(OpenFile*, const char*, ...) METAMEM_LIBC("__isoc23_fscanf");

int EdgeFscanf(OpenFile*, const char*, ...) { return kEndOfFile; }
int EdgeFscanf99(OpenFile*, const char*, ...) { return kEndOfFile; }
int EdgeFscanf23(OpenFile*, const char*, ...) { return kEndOfFile; }

}  // extern "C"

}  // namespace metamem::nethack
