// What recordings hold beyond a player's view: whole maps, fingerprints, object lists.

#ifndef METAMEM_BINDING_CRAFTER_INSPECTION_H_
#define METAMEM_BINDING_CRAFTER_INSPECTION_H_

#include <napi.h>

namespace metamem {

// materials(handle), semantic(handle) -> one id per cell, x-major
Napi::Value CrafterMaterials(const Napi::CallbackInfo& info);
Napi::Value CrafterSemantic(const Napi::CallbackInfo& info);

// semanticCrc(handle), rngCrc(handle) -> fingerprints of the semantic map and of the generator
Napi::Value CrafterSemanticCrc(const Napi::CallbackInfo& info);
Napi::Value CrafterRngCrc(const Napi::CallbackInfo& info);

// achievements(handle, counts): writes the counters into an Int32Array
void CrafterAchievements(const Napi::CallbackInfo& info);

// details(handle) -> { worldSeed, simplexSeed, objects: [kind, x, y][], chunks: [x begin, end, y begin, end, objects][]
// }
Napi::Value CrafterDetails(const Napi::CallbackInfo& info);

// tables() -> names by id, so that JavaScript can check its own, and the generator's code paths on this CPU, the one in
// use first
Napi::Value CrafterTables(const Napi::CallbackInfo& info);

}  // namespace metamem

#endif  // METAMEM_BINDING_CRAFTER_INSPECTION_H_
