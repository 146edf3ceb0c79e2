#include "minihack_binding.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "arguments.h"
#include "minihack/task/task_episode.h"
#include "minihack_level_binding.h"
#include "nethack_games.h"

namespace metamem {
namespace {

using minihack::GoalKind;
using minihack::TaskEpisode;
using minihack::TaskOptions;

// What a game is played with, and the task on it.
struct Config {
  nethack::GameOptions game;
  TaskOptions task;
};

bool ReadKeys(const Napi::Object& object, std::vector<uint8_t>* keys) {
  const Napi::Value value = object.Get("keys");
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    const Napi::Uint8Array array = value.As<Napi::Uint8Array>();
    keys->assign(array.Data(), array.Data() + array.ElementLength());
    return true;
  }
  Throw(object.Env(), kBadArgument, "keys must be a Uint8Array");
  return false;
}

bool ReadConfig(const Napi::Object& object, Config* config) {
  std::string character;
  bool autopickup, pet, boulders, statistics_layout;
  if (!ReadMember(object, "character", &character) || !ReadMember(object, "autopickup", &autopickup) ||
      !ReadMember(object, "pet", &pet) || !ReadMember(object, "clock", &config->game.clock_unix_seconds) ||
      !ReadMember(object, "utcOffset", &config->game.utc_offset_seconds) ||
      !ReadMember(object, "wanted", &config->game.wanted) ||
      !ReadMember(object, "spawnMonsters", &config->game.spawn_monsters) || !ReadKeys(object, &config->task.keys) ||
      !ReadMember(object, "boulders", &boulders) || !ReadMember(object, "maxSteps", &config->task.max_steps) ||
      !ReadMember(object, "penaltyStep", &config->task.penalty_step) ||
      !ReadMember(object, "keepsQuestions", &config->task.keeps_questions) ||
      !ReadMember(object, "statisticsLayout", &statistics_layout) ||
      !ReadMember(object, "stepWords", &config->task.text.step_words)) {
    return false;
  }
  config->game.options = minihack::GameOptionsText(character, autopickup, pet);
  config->game.wanted |= minihack::kTaskKeys;
  config->game.plays_described = true;
  config->task.goal = boulders ? GoalKind::kBoulders : GoalKind::kStaircase;
  config->task.text.layout =
      statistics_layout ? nethack::TextLayout::kWithStatistics : nethack::TextLayout::kWithMap;
  return true;
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
    auto episode = std::make_unique<TaskEpisode>(game, block, contexts, std::move(config.task));
    NethackEpisode result;
    result.task = episode.get();
    result.owned = std::move(episode);
    return result;
  });
}

// setDataFile(handle, bytes)
void SetDataFile(const Napi::CallbackInfo& info) {
  const NethackGame* game = FindNethack(info);
  uint8_t* data;
  size_t size;
  if (game == nullptr || !ReadBytes(info, 1, 1, &data, &size)) return;
  game->session->game()->SetDataFile(std::make_shared<const std::vector<uint8_t>>(data, data + size));
}

// viewLevel(handle) -> ArrayBuffer: characters of all map cells, then their colours
Napi::Value ViewLevel(const Napi::CallbackInfo& info) {
  const NethackGame* game = FindNethack(info);
  if (game == nullptr) return Napi::Value();
  Napi::ArrayBuffer cells = Napi::ArrayBuffer::New(info.Env(), 2 * nethack::kMapCells);
  uint8_t* const chars = static_cast<uint8_t*>(cells.Data());
  if (ThrowIf(info.Env(), game->session->game()->ViewLevel(chars, chars + nethack::kMapCells))) return Napi::Value();
  return cells;
}

// statistics(handle) -> the benchmark's record of the episode
Napi::Value Statistics(const Napi::CallbackInfo& info) {
  const NethackGame* game = FindNethack(info);
  if (game == nullptr) return Napi::Value();
  if (game->task == nullptr) {
    Throw(info.Env(), kBadArgument, "this game is not played as a task");
    return Napi::Value();
  }
  const minihack::TaskStatistics& record = game->task->statistics();
  Napi::Object result = Napi::Object::New(info.Env());
  const auto number = [&](const char* name, double value) { result.Set(name, value); };
  number("episodeReturn", record.episode_return);
  number("progression", record.progression);
  number("status", static_cast<int>(record.status));
  number("environmentSteps", static_cast<double>(record.steps));
  return result;
}

}  // namespace

Napi::Object CreateMinihackBinding(Napi::Env env, NethackGames* games) {
  Napi::Object binding = Napi::Object::New(env);
  const auto add = [&](const char* name, auto function) {
    binding.Set(name, Napi::Function::New(env, function, name, games));
  };
  add("open", Open);
  add("setDataFile", SetDataFile);
  add("viewLevel", ViewLevel);
  add("statistics", Statistics);
  AddLevelFunctions(env, &binding);
  return binding;
}

}  // namespace metamem
