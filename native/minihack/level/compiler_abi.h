// What the level compiler's library and its host say to each other. The library compiles one text in its writable data;
// the host brings that data back to its first state before each text.

#ifndef METAMEM_MINIHACK_LEVEL_COMPILER_ABI_H_
#define METAMEM_MINIHACK_LEVEL_COMPILER_ABI_H_

#include <stddef.h>
#include <stdint.h>

namespace metamem::minihack {

// Changes with every change of this file; a host refuses a library of another version.
inline constexpr uint32_t kCompilerAbiVersion = 1;

// All a compilation gets from outside. The host keeps what the pointers name in place until it is over.
struct CompileSetup {
  const char* text;
  size_t text_bytes;
  uint8_t* output;  // where the levels go, one behind the other
  size_t output_bytes;
  uint8_t* arena;  // all dynamic memory
  size_t arena_bytes;
  uint8_t* stack;  // low end
  size_t stack_bytes;
};

inline constexpr int kMaxLevels = 64;
inline constexpr size_t kLevelNameBytes = 24;
inline constexpr size_t kComplaintBytes = 1024;

struct LevelSpan {
  char name[kLevelNameBytes];  // without an ending; zero terminated
  size_t start;                // in the output
  size_t bytes;
};

struct CompileStatus {
  bool failed;
  // What went wrong, in the compiler's own words ("level: line 3, pos 7: ..."), cut to size; zero terminated.
  char complaint[kComplaintBytes];
  int32_t line;  // where the compiler was, counted from 1
  int32_t levels;
  LevelSpan level[kMaxLevels];
  size_t arena_used;  // bytes from the arena's start that were ever handed out
};

// How the host gets into the library.
struct CompilerApi {
  uint32_t abi_version;
  // Compiles the text; once per image.
  void (*compile)(const CompileSetup* setup);
  const CompileStatus* status;
};

// The one symbol the library exports, a function without arguments that gives a CompilerApi.
inline constexpr char kCompilerApiSymbol[] = "metamem_level_compiler_api";

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_COMPILER_ABI_H_
