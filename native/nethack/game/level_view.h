// The level as it is, whatever of it the hero knows.

#ifndef METAMEM_NETHACK_GAME_LEVEL_VIEW_H_
#define METAMEM_NETHACK_GAME_LEVEL_VIEW_H_

#include <stdint.h>

namespace metamem::nethack {

// Writes character and colour of every map cell (kMapCells each): the creature there, else the topmost object, the
// trap, or the ground. Only for a running game, which goes on as if it had not been looked at, unless somebody
// hallucinates.
void ViewLevel(uint8_t* chars, uint8_t* colors);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_LEVEL_VIEW_H_
