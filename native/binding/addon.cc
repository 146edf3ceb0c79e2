// The addon's entry: one instance per JavaScript environment, so that Workers share nothing.

#include <napi.h>

#include "crafter_binding.h"
#include "nethack_binding.h"

namespace {

// Raised with every change of a function's arguments or of a block's layout; the loader refuses another number.
constexpr int kInterfaceVersion = 2;

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("interfaceVersion", kInterfaceVersion);
  exports.Set("crafter", metamem::CreateCrafterBinding(env));
  exports.Set("nethack", metamem::CreateNethackBinding(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(metamem, Init)
