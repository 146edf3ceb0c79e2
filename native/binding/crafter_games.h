// The open games of one JavaScript environment, and how the binding's functions find theirs.

#ifndef METAMEM_BINDING_CRAFTER_GAMES_H_
#define METAMEM_BINDING_CRAFTER_GAMES_H_

#include <napi.h>

#include "crafter_session.h"
#include "handle_table.h"

namespace metamem {

struct CrafterGame {
  CrafterSession session;
  // Keeps the block's memory alive for as long as the game writes to it.
  napi_ref block;
};

// The data of every function of the binding.
using CrafterGames = HandleTable<CrafterGame>;

inline CrafterGames& GamesOf(const Napi::CallbackInfo& info) { return *static_cast<CrafterGames*>(info.Data()); }

// The open game whose number is argument 0. Null after having thrown into JavaScript.
CrafterSession* FindOpen(const Napi::CallbackInfo& info);

// The same, and the game has been reset.
CrafterSession* FindStarted(const Napi::CallbackInfo& info);

}  // namespace metamem

#endif  // METAMEM_BINDING_CRAFTER_GAMES_H_
