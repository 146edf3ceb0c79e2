#include "crafter_binding.h"

#include <memory>

#include "arguments.h"
#include "crafter/picture.h"
#include "crafter/snapshot.h"
#include "crafter/textures.h"
#include "crafter_games.h"
#include "crafter_inspection.h"

namespace metamem {
namespace {

using crafter::Config;
using crafter::TextOptions;

bool ReadConfig(const Napi::Object& options, Config* config) {
  return ReadMember(options, "areaX", &config->area_x) && ReadMember(options, "areaY", &config->area_y) &&
         ReadMember(options, "viewX", &config->view_x) && ReadMember(options, "viewY", &config->view_y) &&
         ReadMember(options, "sizeX", &config->size_x) && ReadMember(options, "sizeY", &config->size_y) &&
         ReadMember(options, "reward", &config->reward) && ReadMember(options, "length", &config->length) &&
         ReadMember(options, "rendersPerStep", &config->renders_per_step) &&
         ReadMember(options, "nightDraws", &config->night_draws) &&
         ReadMember(options, "initialNoop", &config->initial_noop);
}

bool ReadTextOptions(const Napi::Object& options, TextOptions* text) {
  return ReadMember(options, "uniqueItems", &text->unique) && ReadMember(options, "preciseLocation", &text->precise) &&
         ReadMember(options, "skip", &text->skip) && ReadMember(options, "edgeOnly", &text->edge_only) &&
         ReadMember(options, "unknownName", &text->unknown_name);
}

bool ReadObject(const Napi::CallbackInfo& info, size_t index, Napi::Object* out) {
  if (info[index].IsObject()) {
    *out = info[index].As<Napi::Object>();
    return true;
  }
  Throw(info.Env(), kBadArgument, "argument " + std::to_string(index) + " must be an object");
  return false;
}

// open(config, text) -> { handle, block }
Napi::Value Open(const Napi::CallbackInfo& info) {
  Napi::Object config_object, text_object;
  Config config;
  TextOptions text;
  if (!ReadObject(info, 0, &config_object) || !ReadObject(info, 1, &text_object) ||
      !ReadConfig(config_object, &config) || !ReadTextOptions(text_object, &text)) {
    return Napi::Value();
  }
  const std::string problem = config.Problem();
  if (!problem.empty()) {
    Throw(info.Env(), kBadArgument, problem);
    return Napi::Value();
  }
  Napi::ArrayBuffer block = Napi::ArrayBuffer::New(info.Env(), CrafterSession::BlockSize(config));
  auto game = std::unique_ptr<CrafterGame>(new CrafterGame{CrafterSession(config, text), nullptr});
  napi_create_reference(info.Env(), block, 1, &game->block);
  game->session.set_block(static_cast<uint8_t*>(block.Data()));
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("block", block);
  result.Set("handle", GamesOf(info).Add(std::move(game)));
  return result;
}

// close(handle)
void Close(const Napi::CallbackInfo& info) {
  if (FindOpen(info) == nullptr) return;
  const int32_t number = info[0].As<Napi::Number>().Int32Value();
  napi_delete_reference(info.Env(), GamesOf(info).Find(number)->block);
  GamesOf(info).Close(number);
}

// reset(handle, seed, episode)
void Reset(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindOpen(info);
  int64_t seed, episode;
  if (session == nullptr || !ReadInt64(info, 1, &seed) || !ReadInt64(info, 2, &episode)) return;
  if (episode < 1) return Throw(info.Env(), kBadArgument, "episodes are counted from 1");
  session->Reset(seed, episode);
}

// step(handle, action)
void Step(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  int32_t action;
  if (session == nullptr || !ReadInt(info, 1, &action)) return;
  if (action < 0 || action >= crafter::kNumActions) {
    return Throw(info.Env(), kBadArgument, "action " + std::to_string(action) + " does not exist");
  }
  session->Step(static_cast<crafter::Action>(action));
}

// All texts are ASCII.
Napi::Value ToString(Napi::Env env, const std::string& text) {
  napi_value result = nullptr;
  napi_create_string_latin1(env, text.data(), text.size(), &result);
  return Napi::Value(env, result);
}

// longText(handle), shortText(handle)
Napi::Value LongText(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  return session == nullptr ? Napi::Value() : ToString(info.Env(), session->LongText());
}

Napi::Value ShortText(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  return session == nullptr ? Napi::Value() : ToString(info.Env(), session->ShortText());
}

// longTextWith(handle, text)
Napi::Value LongTextWith(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  Napi::Object object;
  TextOptions options;
  if (session == nullptr || !ReadObject(info, 1, &object) || !ReadTextOptions(object, &options)) return Napi::Value();
  return ToString(info.Env(), session->LongText(options));
}

// picture(handle, textures) -> bytes, rows from top to bottom, three per pixel
Napi::Value Picture(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  uint8_t* textures;
  size_t size;
  if (session == nullptr || !ReadBytes(info, 1, crafter::kTextureBlockBytes, &textures, &size)) return Napi::Value();
  if (!crafter::TexturesAreValid(textures)) {
    Throw(info.Env(), kBadArgument, "a sprite has neither 3 nor 4 channels");
    return Napi::Value();
  }
  const Config& config = session->world().config();
  Napi::Uint8Array picture = Napi::Uint8Array::New(info.Env(), size_t(3) * config.size_x * config.size_y);
  crafter::DrawPicture(session->world(), textures, picture.Data());
  return picture;
}

// snapshot(handle) -> bytes
Napi::Value Snapshot(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  Napi::Uint8Array bytes = Napi::Uint8Array::New(info.Env(), crafter::SnapshotSize(session->world()));
  crafter::WriteSnapshot(session->world(), bytes.Data());
  return bytes;
}

// restore(handle, bytes)
void Restore(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindOpen(info);
  uint8_t* bytes;
  size_t size;
  if (session == nullptr || !ReadBytes(info, 1, 0, &bytes, &size)) return;
  const std::string problem = crafter::ReadSnapshot(bytes, size, &session->env().world());
  if (!problem.empty()) return Throw(info.Env(), kBadSnapshot, problem);
  session->Refresh();
}

}  // namespace

Napi::Object CreateCrafterBinding(Napi::Env env) {
  CrafterGames* games = new CrafterGames;
  env.AddCleanupHook([](CrafterGames* owned) { delete owned; }, games);
  Napi::Object binding = Napi::Object::New(env);
  const auto add = [&](const char* name, auto function) {
    binding.Set(name, Napi::Function::New(env, function, name, games));
  };
  add("open", Open);
  add("close", Close);
  add("reset", Reset);
  add("step", Step);
  add("longText", LongText);
  add("shortText", ShortText);
  add("longTextWith", LongTextWith);
  add("picture", Picture);
  add("materials", CrafterMaterials);
  add("semantic", CrafterSemantic);
  add("semanticCrc", CrafterSemanticCrc);
  add("rngCrc", CrafterRngCrc);
  add("achievements", CrafterAchievements);
  add("details", CrafterDetails);
  add("snapshot", Snapshot);
  add("restore", Restore);
  add("tables", CrafterTables);
  return binding;
}

}  // namespace metamem
