// Spawning and despawning of creatures, chunk by chunk.

#ifndef METAMEM_CRAFTER_BALANCE_H_
#define METAMEM_CRAFTER_BALANCE_H_

#include "crafter/world.h"

namespace metamem::crafter {

// Steps between two rounds of balancing.
inline constexpr int kBalancePeriod = 10;

// One round over all known chunks, in the order in which they became known.
void BalanceWorld(World* world);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_BALANCE_H_
