#include "minihack/level/level_compiler.h"

#include <stdlib.h>
#include <string.h>

#include <mutex>
#include <utility>

#include "minihack/level/compiler_abi.h"
#include "minihack/level/text_limits.h"
#include "nethack/host/game_memory.h"

namespace metamem::minihack {
namespace {

using nethack::GameMemory;
using nethack::ImageLibrary;
using nethack::LibraryImage;

constexpr size_t kOutputBytes = 2 * 1024 * 1024;

// Upstream says "level: line 3, pos 7: what" or "level: line 3 : WARNING : what"; what it says without a line, and what
// our library says, belongs to the line the compiler had come to.
CompileError ErrorOf(const CompileStatus& status) {
  constexpr std::string_view kBeforeLine = "level: line ";
  constexpr std::string_view kWarning = " : WARNING : ";
  std::string_view text = status.complaint;
  if (text.substr(0, kBeforeLine.size()) != kBeforeLine) {
    const size_t start = text.find_first_not_of(' ');
    return {status.line, start == std::string_view::npos ? "" : std::string(text.substr(start))};
  }
  char* after = nullptr;
  const int line = static_cast<int>(strtol(text.data() + kBeforeLine.size(), &after, 10));
  std::string_view rest = after;
  if (rest.substr(0, kWarning.size()) == kWarning) return {line, std::string(rest.substr(kWarning.size()))};
  const size_t colon = rest.find(": ");
  return {line, std::string(colon == std::string_view::npos ? rest : rest.substr(colon + 2))};
}

int LinesOf(std::string_view text) {
  int lines = 1;
  for (size_t i = 0; i + 1 < text.size(); ++i) lines += text[i] == '\n' ? 1 : 0;
  return lines;
}

}  // namespace

// One image with its memory: compiles one text at a time.
class LevelCompiler::Instance {
 public:
  static std::unique_ptr<Instance> Make(const ImageLibrary& library, std::string* problem) {
    std::unique_ptr<Instance> instance(new Instance);
    instance->image_ = library.NewImage(problem);
    if (instance->image_ != nullptr) instance->memory_ = GameMemory::Reserve(problem);
    return instance->memory_ == nullptr ? nullptr : std::move(instance);
  }

  // Null, with the reason in `*problem`, when the system refuses.
  const CompileStatus* Compile(std::string_view text, std::string* problem) {
    memory_->Recycle(arena_used_);
    const auto* api = static_cast<const CompilerApi*>(image_->Restore(problem));
    if (api == nullptr) return nullptr;
    if (api->abi_version != kCompilerAbiVersion) {
      *problem = "the level compiler was built for another version of this program";
      return nullptr;
    }
    CompileSetup setup = {};
    setup.text = text.data();
    setup.text_bytes = text.size();
    setup.output = memory_->arena();
    setup.output_bytes = kOutputBytes;
    setup.arena = memory_->arena() + kOutputBytes;
    setup.arena_bytes = memory_->arena_bytes() - kOutputBytes;
    setup.stack = memory_->stack();
    setup.stack_bytes = memory_->stack_bytes();
    api->compile(&setup);
    arena_used_ = kOutputBytes + api->status->arena_used;
    return api->status;
  }

  const uint8_t* output() const { return memory_->arena(); }

 private:
  Instance() = default;

  std::unique_ptr<LibraryImage> image_;
  std::unique_ptr<GameMemory> memory_;
  size_t arena_used_ = 0;
};

// The instances nobody compiles with at the moment. There are as many as ever compiled at the same time.
class LevelCompiler::Pool {
 public:
  explicit Pool(std::shared_ptr<const ImageLibrary> library) : library_(std::move(library)) {}

  std::unique_ptr<Instance> Take(std::string* problem) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Instance> instance = std::move(idle_.back());
        idle_.pop_back();
        return instance;
      }
    }
    return Instance::Make(*library_, problem);
  }

  void GiveBack(std::unique_ptr<Instance> instance) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(instance));
  }

 private:
  std::shared_ptr<const ImageLibrary> library_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Instance>> idle_;
};

LevelCompiler::LevelCompiler(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
LevelCompiler::~LevelCompiler() = default;

std::shared_ptr<const LevelCompiler> LevelCompiler::Open(const std::string& library_path, Loader loader,
                                                         std::string* problem) {
  auto library = ImageLibrary::Open(library_path, kCompilerApiSymbol, loader, problem);
  if (library == nullptr) return nullptr;
  auto pool = std::make_unique<Pool>(std::move(library));
  std::unique_ptr<Instance> first = pool->Take(problem);
  if (first == nullptr || first->Compile("", problem) == nullptr) return nullptr;
  pool->GiveBack(std::move(first));
  return std::shared_ptr<const LevelCompiler>(new LevelCompiler(std::move(pool)));
}

bool LevelCompiler::CompileAll(std::string_view des_text, std::vector<CompiledLevel>* levels,
                               CompileError* error) const {
  if (!CheckText(des_text, error)) return false;
  std::string problem;
  std::unique_ptr<Instance> instance = pool_->Take(&problem);
  const CompileStatus* status = instance == nullptr ? nullptr : instance->Compile(des_text, &problem);
  if (status == nullptr) {
    *error = {1, "the level compiler cannot run: " + problem};
    return false;
  }
  const bool compiled = !status->failed;
  if (!compiled) *error = ErrorOf(*status);
  levels->clear();
  for (int i = 0; compiled && i < status->levels; ++i) {
    const LevelSpan& span = status->level[i];
    const uint8_t* start = instance->output() + span.start;
    levels->push_back({span.name, std::vector<uint8_t>(start, start + span.bytes)});
  }
  pool_->GiveBack(std::move(instance));
  return compiled;
}

bool LevelCompiler::Compile(std::string_view des_text, std::vector<uint8_t>* level_bytes, CompileError* error) const {
  std::vector<CompiledLevel> levels;
  if (!CompileAll(des_text, &levels, error)) return false;
  if (levels.size() == 1 && levels[0].name == kLevelName) {
    *level_bytes = std::move(levels[0].bytes);
    return true;
  }
  const std::string wanted = std::string("the level \"") + kLevelName + "\"";
  *error = {LinesOf(des_text), levels.empty()       ? "the text does not define " + wanted
                               : levels.size() == 1 ? "the level must be called \"" + std::string(kLevelName) +
                                                          "\", not \"" + levels[0].name + "\""
                                                    : "the text must define " + wanted + " and no other"};
  return false;
}

}  // namespace metamem::minihack
