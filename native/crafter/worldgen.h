// World generation: terrain from noise, then the first creatures.

#ifndef METAMEM_CRAFTER_WORLDGEN_H_
#define METAMEM_CRAFTER_WORLDGEN_H_

#include <vector>

#include "crafter/world.h"

namespace metamem::crafter {

// Fills a cleared world whose player has been added. Draws from the world's generator. `tunnels` is scratch space of
// one entry per cell.
void GenerateWorld(World* world, std::vector<bool>* tunnels);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_WORLDGEN_H_
