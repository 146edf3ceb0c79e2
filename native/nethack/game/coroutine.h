// Two stacks, one thread: the host's and the game's.

#ifndef METAMEM_NETHACK_GAME_COROUTINE_H_
#define METAMEM_NETHACK_GAME_COROUTINE_H_

#include <stddef.h>
#include <stdint.h>

namespace metamem::nethack {

// Lays out a fresh stack whose first SwitchStack into it calls `entry`, which must never return.
// Returns the stack pointer to switch to.
void* PrepareStack(uint8_t* low_end, size_t bytes, void (*entry)());

// Saves the callee-saved registers on the current stack and its pointer to `*from`, then goes on where `to` was saved.
extern "C" void metamem_switch_stack(void** from, void* to);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_COROUTINE_H_
