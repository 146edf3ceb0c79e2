#include "nethack/tools/reference_game.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <vector>

namespace metamem::nethack {
namespace {

// The upstream library's own structures, by their documented layout.
struct Observation {
  int action;
  int done;
  char in_normal_game;
  int how_done;
  void* glyphs;
  void* chars;
  void* colors;
  void* specials;
  void* blstats;
  void* message;
  void* program_state;
  void* internal;
  void* inv_glyphs;
  void* inv_strs;
  void* inv_letters;
  void* inv_oclasses;
  void* screen_descriptions;
  void* tty_chars;
  void* tty_colors;
  void* tty_cursor;
  void* misc;
};

struct Seeds {
  unsigned long seeds[2];
  char reseed;
};

struct Settings {
  char folder[4096];
  char score_prefix[4096];
  char options[32768];
  char wizkit[4096];
  int spawn_monsters;
  char recording[4096];
};

[[noreturn]] void Die(const std::string& what) {
  fprintf(stderr, "the reference library: %s\n", what.c_str());
  exit(1);
}

void Touch(const std::string& path) { std::ofstream file(path); }

}  // namespace

struct ReferenceGame::Interface {
  std::string folder;
  int copy = -1;  // the library's copy, a file without a name
  void* handle = nullptr;
  void* context = nullptr;
  Observation observation = {};
  Settings settings = {};
  Seeds seeds = {};

  template <typename Function>
  Function Find(const char* name) {
    return reinterpret_cast<Function>(dlsym(handle, name));
  }
};

ReferenceGame::ReferenceGame(const std::string& library_path, const std::string& data_path, std::string options,
                             uint32_t wanted, uint8_t* block)
    : interface_(new Interface) {
  Interface& game = *interface_;
  std::ifstream file(library_path, std::ios::binary);
  const std::vector<char> library((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  game.copy = memfd_create("nethack-reference", MFD_CLOEXEC);
  if (game.copy < 0 || library.empty() ||
      write(game.copy, library.data(), library.size()) != static_cast<ssize_t>(library.size())) {
    Die("cannot copy " + library_path);
  }
  const char* temporary = getenv("TMPDIR");
  game.folder = std::string(temporary == nullptr ? P_tmpdir : temporary) + "/metamem-reference-XXXXXX";
  if (mkdtemp(game.folder.data()) == nullptr) Die("cannot make a folder");
  char* absolute = realpath(data_path.c_str(), nullptr);
  if (absolute == nullptr || symlink(absolute, (game.folder + "/nhdat").c_str()) != 0) Die("no data file");
  free(absolute);
  mkdir((game.folder + "/save").c_str(), 0700);
  strncpy(game.settings.folder, game.folder.c_str(), sizeof game.settings.folder - 2);
  strncpy(game.settings.options, options.c_str(), sizeof game.settings.options - 1);
  game.settings.spawn_monsters = 1;
  auto place = [wanted, block](ObservationKey key) -> void* {
    return (wanted & KeyBit(key)) != 0 ? block + ArrayOf(key).offset : nullptr;
  };
  Observation& out = game.observation;
  out.glyphs = place(kGlyphs);
  out.chars = place(kChars);
  out.colors = place(kColors);
  out.specials = place(kSpecials);
  out.blstats = place(kBlstats);
  out.message = place(kMessage);
  out.program_state = place(kProgramState);
  out.internal = place(kInternal);
  out.inv_glyphs = place(kInvGlyphs);
  out.inv_strs = place(kInvStrs);
  out.inv_letters = place(kInvLetters);
  out.inv_oclasses = place(kInvOclasses);
  out.screen_descriptions = place(kScreenDescriptions);
  out.tty_chars = place(kTtyChars);
  out.tty_colors = place(kTtyColors);
  out.tty_cursor = place(kTtyCursor);
  out.misc = place(kMisc);
}

ReferenceGame::~ReferenceGame() {
  Unload();
  close(interface_->copy);
  for (const char* name : {"nhdat", "perm", "record", "logfile", "xlogfile"}) {
    unlink((interface_->folder + "/" + name).c_str());
  }
  for (int level = 0; level < 256; ++level) unlink((interface_->folder + "/1lock." + std::to_string(level)).c_str());
  rmdir((interface_->folder + "/save").c_str());
  rmdir(interface_->folder.c_str());
}

void ReferenceGame::Unload() {
  Interface& game = *interface_;
  if (game.handle == nullptr) return;
  game.Find<void (*)(void*)>("nle_end")(game.context);
  dlclose(game.handle);
  game.handle = nullptr;
}

void ReferenceGame::Reset(uint64_t core_seed, uint64_t display_seed) {
  Interface& game = *interface_;
  Unload();
  // A fresh score list for every game, as with a new environment.
  for (const char* name : {"perm", "record", "logfile", "xlogfile"}) Touch(game.folder + "/" + name);
  game.handle = dlopen(("/proc/self/fd/" + std::to_string(game.copy)).c_str(), RTLD_LAZY);
  if (game.handle == nullptr) Die(dlerror());
  game.seeds = {{core_seed, display_seed}, 0};
  using Start = void* (*)(Observation*, FILE*, Seeds*, Settings*);
  game.context = game.Find<Start>("nle_start")(&game.observation, nullptr, &game.seeds, &game.settings);
}

void ReferenceGame::Press(int key) {
  Interface& game = *interface_;
  game.observation.action = key;
  using Step = void* (*)(void*, Observation*);
  static thread_local Step step = nullptr;
  static thread_local void* step_of = nullptr;
  if (step_of != game.handle) {
    step = game.Find<Step>("nle_step");
    step_of = game.handle;
  }
  game.context = step(game.context, &game.observation);
}

bool ReferenceGame::over() const { return interface_->observation.done != 0; }

}  // namespace metamem::nethack
