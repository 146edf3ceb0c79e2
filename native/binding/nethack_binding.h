// NetHack's functions for JavaScript.

#ifndef METAMEM_BINDING_NETHACK_BINDING_H_
#define METAMEM_BINDING_NETHACK_BINDING_H_

#include <napi.h>

namespace metamem {

// An object with the functions that packages/native-env/src/nethack/native.ts declares. Its games live until they are
// closed, at the latest until the JavaScript environment ends.
Napi::Object CreateNethackBinding(Napi::Env env);

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_BINDING_H_
