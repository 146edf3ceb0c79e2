// A des-file text becomes the bytes of a level, inside this process: upstream's level compiler, from the same sources
// as the game, mapped like a game and brought back to its first state for every text.

#ifndef METAMEM_MINIHACK_LEVEL_LEVEL_COMPILER_H_
#define METAMEM_MINIHACK_LEVEL_LEVEL_COMPILER_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nethack/host/image_library.h"

namespace metamem::minihack {

// The level the game's data library asks for; a text must define it, and nothing else (spec/minihack.md section 1.1).
inline constexpr char kLevelName[] = "mylevel";

// What is wrong with a text. Where no single line is to blame, such as a missing level, the line is the last one.
struct CompileError {
  int line = 0;  // counted from 1
  std::string message;
};

struct CompiledLevel {
  std::string name;  // as in the text, without an ending
  std::vector<uint8_t> bytes;
};

// Thread-safe: any number of threads may compile at the same time, each with an image of its own from a shared pool.
class LevelCompiler {
 public:
  using Loader = nethack::ImageLibrary::Loader;

  // Null, with the reason in `*problem`, when the library (libmetamem_levels.so) is missing, damaged or of another
  // version.
  static std::shared_ptr<const LevelCompiler> Open(const std::string& library_path, Loader loader,
                                                   std::string* problem);

  ~LevelCompiler();
  LevelCompiler(const LevelCompiler&) = delete;
  LevelCompiler& operator=(const LevelCompiler&) = delete;

  // Compiles a text that defines the level `mylevel`. `*level_bytes` is byte for byte what upstream's lev_comp writes
  // into mylevel.lev. False with the first error in `*error`; whatever upstream only warns about is an error too, as it
  // replaces what was asked for by something else. Takes 30 to 60 microseconds for levels like those of the tasks.
  bool Compile(std::string_view des_text, std::vector<uint8_t>* level_bytes, CompileError* error) const;

  // The same for a text with any number of levels, in the order of the text.
  bool CompileAll(std::string_view des_text, std::vector<CompiledLevel>* levels, CompileError* error) const;

 private:
  class Instance;
  class Pool;

  explicit LevelCompiler(std::unique_ptr<Pool> pool);

  std::unique_ptr<Pool> pool_;
};

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_LEVEL_COMPILER_H_
