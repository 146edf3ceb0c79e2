// What JavaScript can ask of NetHack besides playing it.

#ifndef METAMEM_BINDING_NETHACK_INSPECTION_H_
#define METAMEM_BINDING_NETHACK_INSPECTION_H_

#include <napi.h>

namespace metamem {

// statistics(handle) -> the benchmark's record of the episode
Napi::Value NethackStatistics(const Napi::CallbackInfo& info);

// actionNames() -> texts
Napi::Value NethackActionNames(const Napi::CallbackInfo& info);

// glyphNames() -> texts, by glyph number
Napi::Value NethackGlyphNames(const Napi::CallbackInfo& info);

// arrays() -> [{ name, elementBytes, elements, offset }]
Napi::Value NethackArrays(const Napi::CallbackInfo& info);

// recordTo(path, games)
void NethackRecordTo(const Napi::CallbackInfo& info);

}  // namespace metamem

#endif  // METAMEM_BINDING_NETHACK_INSPECTION_H_
