// What the NetHack functions of one JavaScript environment share: its open games, and the built game behind them.

#ifndef METAMEM_BINDING_NETHACK_GAMES_H_
#define METAMEM_BINDING_NETHACK_GAMES_H_

#include <napi.h>

#include <functional>
#include <memory>
#include <string>

#include "handle_table.h"
#include "nethack/text/benchmark_episode.h"
#include "nethack_session.h"

namespace metamem {

namespace minihack {
class TaskEpisode;
}

// The built game and what its texts are made of; immutable, and one for the whole process.
struct NethackBuild {
  std::shared_ptr<const nethack::GameLibrary> library;
  std::shared_ptr<const nethack::GlyphPhrases> phrases;
};

// Opens the build with these paths unless it is open already. Null with `*error` set when it cannot be used.
std::shared_ptr<const NethackBuild> LoadNethack(const std::string& library_path, const std::string& data_path,
                                                nethack::GameError* error);

// An episode, and what kind it is: one of the pointers names it.
struct NethackEpisode {
  std::unique_ptr<nethack::Episode> owned;
  const nethack::BenchmarkEpisode* challenge = nullptr;
  const minihack::TaskEpisode* task = nullptr;
};

struct NethackGame {
  std::unique_ptr<NethackSession> session;
  // The session's episode.
  const nethack::BenchmarkEpisode* challenge;
  const minihack::TaskEpisode* task;
  // Keeps the block's memory alive for as long as the game writes to it.
  napi_ref block;
};

// The data of every function of the binding.
struct NethackGames {
  std::shared_ptr<const NethackBuild> build;
  // The texts of whichever game they were written for last.
  std::unique_ptr<nethack::Contexts> contexts;
  const NethackGame* written = nullptr;
  HandleTable<NethackGame> table;
};

inline NethackGames& NethackGamesOf(const Napi::CallbackInfo& info) { return *static_cast<NethackGames*>(info.Data()); }

// Opens a game of the loaded build, with what `make_episode` puts on it: { handle, block }, or nothing after having
// thrown into JavaScript.
using EpisodeMaker = std::function<NethackEpisode(nethack::Game* game, const uint8_t* block, nethack::Contexts*)>;
Napi::Value OpenNethack(const Napi::CallbackInfo& info, const nethack::GameOptions& options,
                        const EpisodeMaker& make_episode);

// The open game whose number is argument 0. Null after having thrown into JavaScript.
NethackGame* FindNethack(const Napi::CallbackInfo& info);

// Throws into JavaScript, with the error's name as `code`, and returns true when there is one.
bool ThrowIf(Napi::Env env, const nethack::GameError& error);

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_GAMES_H_
