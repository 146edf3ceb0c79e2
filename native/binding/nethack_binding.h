// NetHack's functions for JavaScript.

#ifndef METAMEM_BINDING_NETHACK_BINDING_H_
#define METAMEM_BINDING_NETHACK_BINDING_H_

#include <napi.h>

namespace metamem {

struct NethackGames;

// The games of one JavaScript environment. They live until they are closed, at the latest until it ends.
NethackGames* CreateNethackGames(Napi::Env env);

// An object with the functions that packages/native-env/src/nethack/native.ts declares.
Napi::Object CreateNethackBinding(Napi::Env env, NethackGames* games);

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_BINDING_H_
