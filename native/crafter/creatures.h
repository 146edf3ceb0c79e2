// How everything but the player behaves: cows, zombies, skeletons, arrows and plants.

#ifndef METAMEM_CRAFTER_CREATURES_H_
#define METAMEM_CRAFTER_CREATURES_H_

#include "crafter/world.h"

namespace metamem::crafter {

// A plant that has grown for longer than this can be eaten.
inline constexpr int kRipeAge = 300;

// Adds a creature of a class that worldgen and balancing create, with its initial health.
Object& AddCreature(World* world, Kind kind, int x, int y);

// One step of the object at `index`, which is not the player. A creature that dies is removed at the start of its own
// update, which then runs to its end.
void UpdateCreature(World* world, int index);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_CREATURES_H_
