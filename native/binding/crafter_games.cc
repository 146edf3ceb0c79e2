#include "crafter_games.h"

#include "arguments.h"

namespace metamem {

CrafterSession* FindOpen(const Napi::CallbackInfo& info) {
  int32_t number;
  if (!ReadInt(info, 0, &number)) return nullptr;
  CrafterGame* game = GamesOf(info).Find(number);
  if (game == nullptr) {
    Throw(info.Env(), kClosed, "no open game has this number");
    return nullptr;
  }
  return &game->session;
}

CrafterSession* FindStarted(const Napi::CallbackInfo& info) {
  CrafterSession* session = FindOpen(info);
  if (session == nullptr || session->started()) return session;
  Throw(info.Env(), kBadArgument, "the game has not been reset yet");
  return nullptr;
}

}  // namespace metamem
