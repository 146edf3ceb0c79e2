// The functions for JavaScript that compile levels.

#ifndef METAMEM_BINDING_MINIHACK_LEVEL_BINDING_H_
#define METAMEM_BINDING_MINIHACK_LEVEL_BINDING_H_

#include <napi.h>

namespace metamem {

// Adds the functions that packages/native-env/src/minihack/level-native.ts declares. They need no NetHack.
void AddLevelFunctions(Napi::Env env, Napi::Object* binding);

}  // namespace metamem

#endif  // METAMEM_BINDING_MINIHACK_LEVEL_BINDING_H_
