#include "crafter_inspection.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "arguments.h"
#include "crafter/crc32.h"
#include "crafter/mt19937_block.h"
#include "crafter/semantic_map.h"
#include "crafter/textures.h"
#include "crafter_games.h"

namespace metamem {

using crafter::World;

namespace {

Napi::Array IntArray(Napi::Env env, std::initializer_list<int32_t> values) {
  Napi::Array array = Napi::Array::New(env, values.size());
  uint32_t i = 0;
  for (const int32_t value : values) array.Set(i++, value);
  return array;
}

}  // namespace

Napi::Value CrafterMaterials(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  const World& world = session->world();
  Napi::Uint8Array map = Napi::Uint8Array::New(info.Env(), world.config().cells());
  std::copy(world.materials(), world.materials() + world.config().cells(), map.Data());
  return map;
}

Napi::Value CrafterSemantic(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  Napi::Uint8Array map = Napi::Uint8Array::New(info.Env(), session->world().config().cells());
  crafter::WriteSemanticMap(session->world(), map.Data());
  return map;
}

Napi::Value CrafterSemanticCrc(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  std::vector<uint8_t> map(session->world().config().cells());
  crafter::WriteSemanticMap(session->world(), map.data());
  return Napi::Number::New(info.Env(), crafter::Crc32(map.data(), map.size()));
}

Napi::Value CrafterRngCrc(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  return Napi::Number::New(info.Env(), session->world().state.rng.Fingerprint());
}

void CrafterAchievements(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return;
  const Napi::Value value = info[1];
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array ||
      value.As<Napi::TypedArray>().ElementLength() < crafter::kNumAchievements) {
    return Throw(info.Env(), kBadArgument, "argument 1 must be an Int32Array with one entry per achievement");
  }
  const int32_t* counts = session->world().state.player.achievements;
  std::copy(counts, counts + crafter::kNumAchievements, value.As<Napi::Int32Array>().Data());
}

Napi::Value CrafterDetails(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindStarted(info);
  if (session == nullptr) return Napi::Value();
  const Napi::Env env = info.Env();
  const World& world = session->world();
  Napi::Object result = Napi::Object::New(env);
  result.Set("worldSeed", static_cast<double>(world.state.world_seed));
  result.Set("simplexSeed", static_cast<double>(world.state.simplex_seed));
  Napi::Array objects = Napi::Array::New(env);
  for (int i = crafter::kPlayerIndex; i < world.state.num_objects; ++i) {
    const crafter::Object& object = world.object(i);
    if (!object.removed) objects.Set(objects.Length(), IntArray(env, {object.kind, object.x, object.y}));
  }
  result.Set("objects", objects);
  Napi::Array chunks = Napi::Array::New(env);
  for (int i = 0; i < world.state.num_known_chunks; ++i) {
    const int index = world.known_chunk(i);
    const int x = index / world.config().chunks_y() * crafter::kChunkSize;
    const int y = index % world.config().chunks_y() * crafter::kChunkSize;
    chunks.Set(chunks.Length(),
               IntArray(env, {x, std::min(x + crafter::kChunkSize, world.config().area_x), y,
                              std::min(y + crafter::kChunkSize, world.config().area_y), world.chunk(index).objects}));
  }
  result.Set("chunks", chunks);
  return result;
}

Napi::Value CrafterTables(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto names = [env](const char* const* from, int count) {
    Napi::Array array = Napi::Array::New(env, count);
    for (int i = 0; i < count; ++i) array.Set(static_cast<uint32_t>(i), from[i]);
    return array;
  };
  Napi::Object result = Napi::Object::New(env);
  result.Set("semantic", names(crafter::kSemanticNames, crafter::kNumSemanticIds));
  result.Set("items", names(crafter::kItemNames, crafter::kNumItems));
  result.Set("achievements", names(crafter::kAchievementNames, crafter::kNumAchievements));
  result.Set("textures", names(crafter::kTextureNames, crafter::kNumTextures));
  Napi::Array paths = Napi::Array::New(env);
  for (const crafter::RegenerationPath& path : crafter::RegenerationPaths()) {
    if (!path.supported) continue;
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("name", path.name);
    entry.Set("correct", crafter::RegeneratesCorrectly(path));
    paths.Set(paths.Length(), entry);
  }
  result.Set("regeneration", paths);
  return result;
}

}  // namespace metamem
