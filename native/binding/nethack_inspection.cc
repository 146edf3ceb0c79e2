#include "nethack_inspection.h"

#include <string>
#include <vector>

#include "arguments.h"
#include "nethack/host/flight_recorder.h"
#include "nethack/text/actions.h"
#include "nethack_games.h"

namespace metamem {
namespace {

using nethack::Achievement;
using nethack::EpisodeStatistics;

Napi::Array Numbers(Napi::Env env, const std::vector<int>& values) {
  Napi::Array array = Napi::Array::New(env, values.size());
  for (size_t i = 0; i < values.size(); ++i) array.Set(static_cast<uint32_t>(i), values[i]);
  return array;
}

}  // namespace

Napi::Value NethackStatistics(const Napi::CallbackInfo& info) {
  const NethackGame* game = FindNethack(info);
  if (game == nullptr) return Napi::Value();
  if (game->challenge == nullptr) {
    Throw(info.Env(), kBadArgument, "this game is not played as the challenge");
    return Napi::Value();
  }
  const EpisodeStatistics& record = game->challenge->statistics();
  Napi::Object result = Napi::Object::New(info.Env());
  const auto number = [&](const char* name, double value) { result.Set(name, value); };
  number("episodeReturn", record.episode_return);
  number("score", static_cast<double>(record.score));
  number("depth", static_cast<double>(record.depth));
  number("gold", static_cast<double>(record.gold));
  number("experienceLevel", static_cast<double>(record.experience_level));
  number("time", static_cast<double>(record.time));
  number("progression", record.progression);
  number("environmentSteps", static_cast<double>(game->challenge->environment_steps()));
  result.Set("depths", Numbers(info.Env(), record.depths));
  result.Set("experienceLevels", Numbers(info.Env(), record.experience_levels));
  result.Set("highestAchievement", record.progression > 0 ? record.highest_achievement.Name() : "");
  result.Set("endReason", record.end_reason);
  return result;
}

Napi::Value NethackActionNames(const Napi::CallbackInfo& info) {
  Napi::Array names = Napi::Array::New(info.Env(), nethack::kValidNames);
  for (uint32_t i = 0; i < nethack::kValidNames; ++i) names.Set(i, std::string(nethack::ValidName(i)));
  return names;
}

Napi::Value NethackGlyphNames(const Napi::CallbackInfo& info) {
  const NethackGames& games = NethackGamesOf(info);
  if (games.build == nullptr) {
    Throw(info.Env(), "library", "no game was loaded");
    return Napi::Value();
  }
  const nethack::GlyphPhrases& phrases = *games.build->phrases;
  Napi::Array names = Napi::Array::New(info.Env(), nethack::kGlyphCount);
  for (int glyph = 0; glyph < nethack::kGlyphCount; ++glyph) {
    const nethack::Phrase anywhere = phrases.Anywhere(glyph);
    const nethack::Phrase phrase = anywhere != 0 ? anywhere : phrases.InLine(glyph);
    names.Set(static_cast<uint32_t>(glyph), std::string(phrase == 0 ? "" : phrases.Text(phrase)));
  }
  return names;
}

Napi::Value NethackArrays(const Napi::CallbackInfo& info) {
  Napi::Array arrays = Napi::Array::New(info.Env(), nethack::kObservationKeys);
  for (uint32_t key = 0; key < nethack::kObservationKeys; ++key) {
    const nethack::ObservationArray& array = nethack::ArrayOf(static_cast<nethack::ObservationKey>(key));
    Napi::Object entry = Napi::Object::New(info.Env());
    entry.Set("name", array.name);
    entry.Set("elementBytes", array.element_bytes);
    entry.Set("elements", array.elements);
    entry.Set("offset", array.offset);
    arrays.Set(key, entry);
  }
  return arrays;
}

void NethackRecordTo(const Napi::CallbackInfo& info) {
  int32_t games;
  if (!info[0].IsString()) return Throw(info.Env(), kBadArgument, "argument 0 must be a path");
  if (!ReadInt(info, 1, &games)) return;
  if (games < 1) return Throw(info.Env(), kBadArgument, "there must be room for a game");
  const std::string problem = nethack::FlightRecorder::Instance().UseFile(info[0].As<Napi::String>().Utf8Value(),
                                                                          static_cast<uint32_t>(games));
  if (!problem.empty()) Throw(info.Env(), kBadArgument, problem);
}

}  // namespace metamem
