// The player's own step: the chosen action, then hunger, thirst, fatigue and health.

#ifndef METAMEM_CRAFTER_PLAYER_H_
#define METAMEM_CRAFTER_PLAYER_H_

#include "crafter/world.h"

namespace metamem::crafter {

// Adds the player to a cleared world, in the middle of the map, facing south.
void AddPlayer(World* world);

// Executes `state.player.action`, or sleeps on.
void UpdatePlayer(World* world);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_PLAYER_H_
