// The map of ids the reference hands out with every step, and fingerprints of maps.

#ifndef METAMEM_CRAFTER_SEMANTIC_MAP_H_
#define METAMEM_CRAFTER_SEMANTIC_MAP_H_

#include <cstdint>

#include "crafter/world.h"

namespace metamem::crafter {

// Writes one id per cell, x-major: the class of the object there, else the material. `out` has `cells()` entries.
void WriteSemanticMap(const World& world, uint8_t* out);

// What the player sees: ids of the local view, row by row, kOutsideMap beyond the edges. `out` has grid_x * grid_y
// entries.
inline constexpr uint8_t kOutsideMap = 0;
void WriteVisibleGrid(const World& world, uint8_t* out);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_SEMANTIC_MAP_H_
