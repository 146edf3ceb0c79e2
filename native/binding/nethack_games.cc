#include "nethack_games.h"

#include <map>
#include <mutex>
#include <utility>

#include "arguments.h"

namespace metamem {

using nethack::GameError;

std::shared_ptr<const NethackBuild> LoadNethack(const std::string& library_path, const std::string& data_path,
                                                GameError* error) {
  // Workers load at the same time.
  static std::mutex mutex;
  static auto* builds = new std::map<std::pair<std::string, std::string>, std::shared_ptr<const NethackBuild>>;
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<const NethackBuild>& known = (*builds)[{library_path, data_path}];
  if (known != nullptr) return known;
  auto build = std::make_shared<NethackBuild>();
  build->library =
      nethack::GameLibrary::Open(library_path, data_path, nethack::GameLibrary::Loader::kBest, error);
  if (build->library == nullptr) return nullptr;
  build->phrases = nethack::GlyphPhrases::Load(*build->library, error);
  if (build->phrases == nullptr) return nullptr;
  known = std::move(build);
  return known;
}

Napi::Value OpenNethack(const Napi::CallbackInfo& info, const nethack::GameOptions& options,
                        const EpisodeMaker& make_episode) {
  NethackGames& games = NethackGamesOf(info);
  if (games.build == nullptr) {
    Throw(info.Env(), "library", "no game was loaded");
    return Napi::Value();
  }
  Napi::ArrayBuffer block = Napi::ArrayBuffer::New(info.Env(), NethackSession::BlockSize(options.wanted));
  uint8_t* const bytes = static_cast<uint8_t*>(block.Data());
  GameError error;
  auto bare = nethack::Game::Open(games.build->library, options, bytes, &error);
  if (ThrowIf(info.Env(), error)) return Napi::Value();
  NethackEpisode episode = make_episode(bare.get(), bytes, games.contexts.get());
  auto session =
      std::make_unique<NethackSession>(std::move(bare), std::move(episode.owned), options.wanted, bytes);
  auto game = std::unique_ptr<NethackGame>(
      new NethackGame{std::move(session), episode.challenge, episode.task, nullptr});
  napi_create_reference(info.Env(), block, 1, &game->block);
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("block", block);
  result.Set("handle", games.table.Add(std::move(game)));
  return result;
}

NethackGame* FindNethack(const Napi::CallbackInfo& info) {
  int32_t number;
  if (!ReadInt(info, 0, &number)) return nullptr;
  NethackGame* game = NethackGamesOf(info).table.Find(number);
  if (game == nullptr) Throw(info.Env(), kClosed, "no open game has this number");
  return game;
}

bool ThrowIf(Napi::Env env, const GameError& error) {
  if (!error) return false;
  Throw(env, ErrorName(error.code), error.message);
  return true;
}

}  // namespace metamem
