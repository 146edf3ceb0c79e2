// Names for the parts of this library that stand in for the C library.
//
// The game's sources call the C library by its names. What these calls could reach outside the game (files, clock,
// environment, process, memory) is defined inside this library instead, hidden from outside, so that the static linker
// binds the calls here. The C++ name differs from the symbol, so a definition does not clash with system headers:
//
//   void EdgeExit(int status) METAMEM_LIBC("exit");

#ifndef METAMEM_NETHACK_GAME_LIBC_EDGE_H_
#define METAMEM_NETHACK_GAME_LIBC_EDGE_H_

#define METAMEM_STRINGIZE_(x) #x
#define METAMEM_STRINGIZE(x) METAMEM_STRINGIZE_(x)
#define METAMEM_LIBC(symbol) \
  __asm__(METAMEM_STRINGIZE(__USER_LABEL_PREFIX__) symbol) __attribute__((visibility("hidden"), used))

// The variables behind stdin, stdout and stderr.
#if defined(__APPLE__)
#define METAMEM_STREAM(name) METAMEM_LIBC("__" name "p")
#else
#define METAMEM_STREAM(name) METAMEM_LIBC(name)
#endif

#endif  // METAMEM_NETHACK_GAME_LIBC_EDGE_H_
