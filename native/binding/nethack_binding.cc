#include "nethack_binding.h"

#include <memory>
#include <utility>

#include "arguments.h"
#include "nethack_games.h"
#include "nethack_inspection.h"

namespace metamem {
namespace {

using nethack::GameError;
using nethack::GameSeeds;
using nethack::TextLayout;

bool ReadText(const Napi::CallbackInfo& info, size_t index, std::string* out) {
  if (info[index].IsString()) {
    *out = info[index].As<Napi::String>().Utf8Value();
    return true;
  }
  Throw(info.Env(), kBadArgument, "argument " + std::to_string(index) + " must be a text");
  return false;
}

bool ReadWhole(const Napi::Object& object, const char* name, int64_t* out) {
  double value;
  if (!ReadMember(object, name, &value)) return false;
  *out = static_cast<int64_t>(value);
  if (static_cast<double>(*out) == value) return true;
  Throw(object.Env(), kBadArgument, std::string(name) + " must be a whole number");
  return false;
}

bool ReadConfig(const Napi::Object& object, NethackConfig* config) {
  const Napi::Value character = object.Get("character");
  bool autopickup, statistics_layout;
  if (!character.IsString()) {
    Throw(object.Env(), kBadArgument, "character must be a text");
    return false;
  }
  if (!ReadMember(object, "autopickup", &autopickup) || !ReadWhole(object, "clock", &config->game.clock_unix_seconds) ||
      !ReadMember(object, "utcOffset", &config->game.utc_offset_seconds) ||
      !ReadMember(object, "wanted", &config->game.wanted) ||
      !ReadWhole(object, "maxSteps", &config->benchmark.challenge.max_steps) ||
      !ReadWhole(object, "noProgressTimeout", &config->benchmark.challenge.no_progress_timeout) ||
      !ReadMember(object, "skipMore", &config->benchmark.skip_more) ||
      !ReadMember(object, "statisticsLayout", &statistics_layout) ||
      !ReadMember(object, "stepWords", &config->benchmark.text.step_words)) {
    return false;
  }
  config->game.options = nethack::NethackOptions(character.As<Napi::String>().Utf8Value(), autopickup);
  config->benchmark.text.layout = statistics_layout ? TextLayout::kWithStatistics : TextLayout::kWithMap;
  return true;
}

// load(libraryPath, dataPath)
void Load(const Napi::CallbackInfo& info) {
  std::string library_path, data_path;
  if (!ReadText(info, 0, &library_path) || !ReadText(info, 1, &data_path)) return;
  GameError error;
  auto build = LoadNethack(library_path, data_path, &error);
  NethackGames& games = NethackGamesOf(info);
  if (ThrowIf(info.Env(), error) || build == games.build) return;
  games.build = std::move(build);
  // Texts of games that are open already still come from the contexts they were opened with.
  if (games.contexts == nullptr) games.contexts = std::make_unique<nethack::Contexts>(games.build->phrases);
}

// open(config) -> { handle, block }
Napi::Value Open(const Napi::CallbackInfo& info) {
  NethackGames& games = NethackGamesOf(info);
  NethackConfig config;
  if (!info[0].IsObject()) {
    Throw(info.Env(), kBadArgument, "argument 0 must be an object");
    return Napi::Value();
  }
  if (!ReadConfig(info[0].As<Napi::Object>(), &config)) return Napi::Value();
  if (games.build == nullptr) {
    Throw(info.Env(), "library", "no game was loaded");
    return Napi::Value();
  }
  Napi::ArrayBuffer block = Napi::ArrayBuffer::New(info.Env(), NethackSession::BlockSize(config.game.wanted));
  GameError error;
  auto session = NethackSession::Open(games.build->library, games.contexts.get(), config,
                                      static_cast<uint8_t*>(block.Data()), &error);
  if (ThrowIf(info.Env(), error)) return Napi::Value();
  auto game = std::unique_ptr<NethackGame>(new NethackGame{std::move(session), nullptr});
  napi_create_reference(info.Env(), block, 1, &game->block);
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("block", block);
  result.Set("handle", games.table.Add(std::move(game)));
  return result;
}

// close(handle)
void Close(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  if (session == nullptr) return;
  NethackGames& games = NethackGamesOf(info);
  if (games.written == session) games.written = nullptr;
  const int32_t number = info[0].As<Napi::Number>().Int32Value();
  const napi_ref block = games.table.Find(number)->block;
  games.table.Close(number);
  napi_delete_reference(info.Env(), block);
}

bool ReadSeeds(const Napi::CallbackInfo& info, GameSeeds* seeds) {
  int64_t core, display;
  if (!ReadInt64(info, 1, &core) || !ReadInt64(info, 2, &display)) return false;
  seeds->core = static_cast<uint64_t>(core);
  seeds->display = static_cast<uint64_t>(display);
  return true;
}

// The observation is another one now, so the texts no longer are this game's.
void Forget(const Napi::CallbackInfo& info, const NethackSession* session) {
  NethackGames& games = NethackGamesOf(info);
  if (games.written == session) games.written = nullptr;
}

// reset(handle, core, display)
void Reset(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  GameSeeds seeds;
  if (session == nullptr || !ReadSeeds(info, &seeds)) return;
  Forget(info, session);
  ThrowIf(info.Env(), session->Reset(seeds));
}

// step(handle, action)
void Step(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  int32_t action;
  if (session == nullptr || !ReadInt(info, 1, &action)) return;
  if (action < 0 || static_cast<size_t>(action) >= nethack::kValidNames) {
    return Throw(info.Env(), kBadArgument, "action " + std::to_string(action) + " does not exist");
  }
  Forget(info, session);
  ThrowIf(info.Env(), session->Step(nethack::ValidName(static_cast<size_t>(action))));
}

// start(handle, core, display, reseed)
void Start(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  GameSeeds seeds;
  if (session == nullptr || !ReadSeeds(info, &seeds)) return;
  seeds.reseed = info[3].ToBoolean().Value();
  Forget(info, session);
  ThrowIf(info.Env(), session->Start(seeds));
}

// press(handle, key)
void Press(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  int32_t key;
  if (session == nullptr || !ReadInt(info, 1, &key)) return;
  Forget(info, session);
  ThrowIf(info.Env(), session->Press(key));
}

// The contexts with the texts of a game; null after having thrown.
const nethack::Contexts* Written(const Napi::CallbackInfo& info) {
  NethackSession* session = FindNethack(info);
  if (session == nullptr) return nullptr;
  NethackGames& games = NethackGamesOf(info);
  if (games.written != session) session->WriteTexts();
  games.written = session;
  return games.contexts.get();
}

Napi::Value Latin1(Napi::Env env, std::string_view text) {
  napi_value result = nullptr;
  napi_create_string_latin1(env, text.data(), text.size(), &result);
  return Napi::Value(env, result);
}

// longText(handle), shortText(handle)
Napi::Value LongText(const Napi::CallbackInfo& info) {
  const nethack::Contexts* contexts = Written(info);
  return contexts == nullptr ? Napi::Value() : Latin1(info.Env(), contexts->long_term());
}

Napi::Value ShortText(const Napi::CallbackInfo& info) {
  const nethack::Contexts* contexts = Written(info);
  return contexts == nullptr ? Napi::Value() : Latin1(info.Env(), contexts->short_term());
}

}  // namespace

Napi::Object CreateNethackBinding(Napi::Env env) {
  NethackGames* games = new NethackGames;
  env.AddCleanupHook([](NethackGames* owned) { delete owned; }, games);
  Napi::Object binding = Napi::Object::New(env);
  const auto add = [&](const char* name, auto function) {
    binding.Set(name, Napi::Function::New(env, function, name, games));
  };
  add("load", Load);
  add("open", Open);
  add("close", Close);
  add("reset", Reset);
  add("step", Step);
  add("longText", LongText);
  add("shortText", ShortText);
  add("start", Start);
  add("press", Press);
  add("statistics", NethackStatistics);
  add("actionNames", NethackActionNames);
  add("glyphNames", NethackGlyphNames);
  add("arrays", NethackArrays);
  add("recordTo", NethackRecordTo);
  return binding;
}

}  // namespace metamem
