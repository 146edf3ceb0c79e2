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

// What a game is played with, and the benchmark's episode on it.
struct Config {
  nethack::GameOptions game;
  nethack::BenchmarkOptions benchmark;
};

bool ReadConfig(const Napi::Object& object, Config* config) {
  std::string character;
  bool autopickup, statistics_layout;
  if (!ReadMember(object, "character", &character) || !ReadMember(object, "autopickup", &autopickup) ||
      !ReadMember(object, "clock", &config->game.clock_unix_seconds) ||
      !ReadMember(object, "utcOffset", &config->game.utc_offset_seconds) ||
      !ReadMember(object, "wanted", &config->game.wanted) ||
      !ReadMember(object, "maxSteps", &config->benchmark.challenge.max_steps) ||
      !ReadMember(object, "noProgressTimeout", &config->benchmark.challenge.no_progress_timeout) ||
      !ReadMember(object, "skipMore", &config->benchmark.skip_more) ||
      !ReadMember(object, "statisticsLayout", &statistics_layout) ||
      !ReadMember(object, "stepWords", &config->benchmark.text.step_words)) {
    return false;
  }
  config->game.options = nethack::NethackOptions(character, autopickup);
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
  Config config;
  if (!info[0].IsObject()) {
    Throw(info.Env(), kBadArgument, "argument 0 must be an object");
    return Napi::Value();
  }
  if (!ReadConfig(info[0].As<Napi::Object>(), &config)) return Napi::Value();
  return OpenNethack(info, config.game, [&](nethack::Game* game, const uint8_t* block, nethack::Contexts* contexts) {
    NethackEpisode result;
    if ((config.game.wanted & nethack::kTextKeys) != nethack::kTextKeys) return result;
    auto episode = std::make_unique<nethack::BenchmarkEpisode>(game, block, contexts, config.benchmark);
    result.challenge = episode.get();
    result.owned = std::move(episode);
    return result;
  });
}

// The observation is another one now, so the texts no longer are this game's.
void Forget(const Napi::CallbackInfo& info, const NethackGame* game) {
  NethackGames& games = NethackGamesOf(info);
  if (games.written == game) games.written = nullptr;
}

// close(handle)
void Close(const Napi::CallbackInfo& info) {
  const NethackGame* game = FindNethack(info);
  if (game == nullptr) return;
  const napi_ref block = game->block;
  Forget(info, game);
  NethackGamesOf(info).table.Close(info[0].As<Napi::Number>().Int32Value());
  napi_delete_reference(info.Env(), block);
}

bool ReadSeeds(const Napi::CallbackInfo& info, GameSeeds* seeds) {
  int64_t core, display;
  if (!ReadInt64(info, 1, &core) || !ReadInt64(info, 2, &display)) return false;
  seeds->core = static_cast<uint64_t>(core);
  seeds->display = static_cast<uint64_t>(display);
  return true;
}

// reset(handle, core, display)
void Reset(const Napi::CallbackInfo& info) {
  NethackGame* game = FindNethack(info);
  GameSeeds seeds;
  if (game == nullptr || !ReadSeeds(info, &seeds)) return;
  Forget(info, game);
  ThrowIf(info.Env(), game->session->Reset(seeds));
}

// step(handle, action)
void Step(const Napi::CallbackInfo& info) {
  NethackGame* game = FindNethack(info);
  int32_t action;
  if (game == nullptr || !ReadInt(info, 1, &action)) return;
  if (action < 0 || static_cast<size_t>(action) >= game->session->actions()) {
    return Throw(info.Env(), kBadArgument, "action " + std::to_string(action) + " does not exist");
  }
  Forget(info, game);
  ThrowIf(info.Env(), game->session->Step(static_cast<size_t>(action)));
}

// start(handle, core, display, reseed)
void Start(const Napi::CallbackInfo& info) {
  NethackGame* game = FindNethack(info);
  GameSeeds seeds;
  if (game == nullptr || !ReadSeeds(info, &seeds)) return;
  seeds.reseed = info[3].ToBoolean().Value();
  Forget(info, game);
  ThrowIf(info.Env(), game->session->Start(seeds));
}

// press(handle, key)
void Press(const Napi::CallbackInfo& info) {
  NethackGame* game = FindNethack(info);
  int32_t key;
  if (game == nullptr || !ReadInt(info, 1, &key)) return;
  Forget(info, game);
  ThrowIf(info.Env(), game->session->Press(key));
}

// The contexts with the texts of a game; null after having thrown.
const nethack::Contexts* Written(const Napi::CallbackInfo& info) {
  NethackGame* game = FindNethack(info);
  if (game == nullptr) return nullptr;
  NethackGames& games = NethackGamesOf(info);
  if (games.written != game && ThrowIf(info.Env(), game->session->WriteTexts())) return nullptr;
  games.written = game;
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

NethackGames* CreateNethackGames(Napi::Env env) {
  NethackGames* games = new NethackGames;
  env.AddCleanupHook([](NethackGames* owned) { delete owned; }, games);
  return games;
}

Napi::Object CreateNethackBinding(Napi::Env env, NethackGames* games) {
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
