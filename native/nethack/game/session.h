// The one game of this image, as its parts see it: what the host gave, what the host may read, and the way out.
// Free of NetHack's headers, so that the parts that stand in for the C library can use it.

#ifndef METAMEM_NETHACK_GAME_SESSION_H_
#define METAMEM_NETHACK_GAME_SESSION_H_

#include "nethack/shared/game_abi.h"

namespace metamem::nethack {

extern GameSetup g_setup;
extern GameStatus g_status;

// Hands control to the host until it sends a key, which is returned.
int32_t AwaitKey();

// Ends the game: hands control to the host for good.
[[noreturn]] void EndGame(GameEnding ending, int32_t exit_status);

// Appends to the text in `g_status.fault`; when it is full, the newest text stays.
void RecordFault(const char* text, size_t bytes);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_SESSION_H_
