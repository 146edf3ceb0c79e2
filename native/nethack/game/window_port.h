// The game's window port: draws through the terminal and keeps the observations; stands in for win/rl/winrl.cc.

#ifndef METAMEM_NETHACK_GAME_WINDOW_PORT_H_
#define METAMEM_NETHACK_GAME_WINDOW_PORT_H_

namespace metamem::nethack {

// The block the host reads is another one, or was changed: write everything again next time.
void ForgetWrittenObservations();

// The game is over. Only the screen is brought up to date; everything else stays as the last key request left it.
void WriteFinalScreen();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_WINDOW_PORT_H_
