#include "minihack_level_binding.h"

#include <string.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "arguments.h"
#include "minihack/level/data_library.h"
#include "minihack/level/level_compiler.h"

namespace metamem {
namespace {

using minihack::CompileError;
using minihack::DataLibraryBase;
using minihack::LevelCompiler;
using Bytes = std::vector<uint8_t>;

// What levels are made with; immutable, and one for the whole process.
struct LevelBuild {
  std::shared_ptr<const LevelCompiler> compiler;
  std::shared_ptr<const DataLibraryBase> data;
};

// The data of every function here: one for each JavaScript environment.
struct Levels {
  std::shared_ptr<const LevelBuild> build;
};

// Opens the build with these paths unless it is open already. Null with `*problem` set when it cannot be used.
std::shared_ptr<const LevelBuild> LoadBuild(const std::string& compiler_path, const std::string& data_path,
                                            std::string* problem) {
  // Workers load at the same time.
  static std::mutex mutex;
  static auto* builds = new std::map<std::pair<std::string, std::string>, std::shared_ptr<const LevelBuild>>;
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<const LevelBuild>& known = (*builds)[{compiler_path, data_path}];
  if (known != nullptr) return known;
  auto build = std::make_shared<LevelBuild>();
  build->compiler = LevelCompiler::Open(compiler_path, LevelCompiler::Loader::kBest, problem);
  if (build->compiler != nullptr) build->data = DataLibraryBase::Open(data_path, problem);
  if (build->data != nullptr) known = std::move(build);
  return known;
}

// loadLevels(compilerPath, dataPath)
void Load(const Napi::CallbackInfo& info) {
  std::string compiler_path, data_path, problem;
  if (!ReadText(info, 0, &compiler_path) || !ReadText(info, 1, &data_path)) return;
  auto build = LoadBuild(compiler_path, data_path, &problem);
  if (build == nullptr) return Throw(info.Env(), "library", problem);
  static_cast<Levels*>(info.Data())->build = std::move(build);
}

// Null after having thrown into JavaScript.
const LevelBuild* Loaded(const Napi::CallbackInfo& info) {
  const Levels* levels = static_cast<Levels*>(info.Data());
  if (levels->build == nullptr) Throw(info.Env(), "library", "no level compiler was loaded");
  return levels->build.get();
}

Napi::Value Buffer(Napi::Env env, const Bytes& bytes) {
  Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, bytes.size());
  memcpy(buffer.Data(), bytes.data(), bytes.size());
  return buffer;
}

// compileLevel(desText) -> ArrayBuffer
Napi::Value CompileLevel(const Napi::CallbackInfo& info) {
  const LevelBuild* build = Loaded(info);
  std::string text;
  if (build == nullptr || !ReadText(info, 0, &text)) return Napi::Value();
  Bytes level;
  CompileError problem;
  if (build->compiler->Compile(text, &level, &problem)) return Buffer(info.Env(), level);
  Napi::Error error = Napi::Error::New(info.Env(), problem.message);
  Napi::Object details = error.Value();
  details.Set("code", "level");
  details.Set("line", static_cast<double>(problem.line));
  error.ThrowAsJavaScriptException();
  return Napi::Value();
}

// composeDataLibrary(levelBytes) -> ArrayBuffer
Napi::Value ComposeDataLibrary(const Napi::CallbackInfo& info) {
  const LevelBuild* build = Loaded(info);
  uint8_t* data;
  size_t size;
  if (build == nullptr || !ReadBytes(info, 0, 1, &data, &size)) return Napi::Value();
  return Buffer(info.Env(), minihack::ComposeDataLibrary(*build->data, Bytes(data, data + size)));
}

}  // namespace

void AddLevelFunctions(Napi::Env env, Napi::Object* binding) {
  Levels* levels = new Levels;
  env.AddCleanupHook([](Levels* owned) { delete owned; }, levels);
  const auto add = [&](const char* name, auto function) {
    binding->Set(name, Napi::Function::New(env, function, name, levels));
  };
  add("loadLevels", Load);
  add("compileLevel", CompileLevel);
  add("composeDataLibrary", ComposeDataLibrary);
}

}  // namespace metamem
