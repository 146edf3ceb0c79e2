// The hero's numbers (`blstats`), taken when the game brings its status line up to date.

#ifndef METAMEM_NETHACK_GAME_STATUS_WINDOW_H_
#define METAMEM_NETHACK_GAME_STATUS_WINDOW_H_

#include <stdint.h>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

extern int64_t g_status_fields[kStatusFields];

// One update of the game's status line. `field` and `value` are the game's own.
void UpdateStatus(int field, void* value);

// Position and turn as of now. Not while a level is being left: the new position is not shown yet.
void UpdatePositionAndTurn();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_STATUS_WINDOW_H_
