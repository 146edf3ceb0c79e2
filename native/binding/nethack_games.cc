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

NethackSession* FindNethack(const Napi::CallbackInfo& info) {
  int32_t number;
  if (!ReadInt(info, 0, &number)) return nullptr;
  NethackGame* game = NethackGamesOf(info).table.Find(number);
  if (game != nullptr) return game->session.get();
  Throw(info.Env(), kClosed, "no open game has this number");
  return nullptr;
}

bool ThrowIf(Napi::Env env, const GameError& error) {
  if (!error) return false;
  Throw(env, ErrorName(error.code), error.message);
  return true;
}

}  // namespace metamem
