// The functions for JavaScript that make a NetHack play a task on a level of its own.

#ifndef METAMEM_BINDING_MINIHACK_BINDING_H_
#define METAMEM_BINDING_MINIHACK_BINDING_H_

#include <napi.h>

namespace metamem {

struct NethackGames;

// An object with the functions that packages/native-env/src/minihack/native.ts declares. Games opened here are played
// with NetHack's functions.
Napi::Object CreateMinihackBinding(Napi::Env env, NethackGames* games);

}  // namespace metamem

#endif  // METAMEM_BINDING_MINIHACK_BINDING_H_
