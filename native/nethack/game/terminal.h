// The game's 24 by 80 screen, drawn without a detour through escape codes; stands in for win/tty/termcap.c and for the
// terminal emulator behind it.

#ifndef METAMEM_NETHACK_GAME_TERMINAL_H_
#define METAMEM_NETHACK_GAME_TERMINAL_H_

#include <stdint.h>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

struct Screen {
  uint8_t chars[kScreenRows][kScreenColumns];
  // 0 to 15, plus 16 for swapped foreground and background; a blank in the default colour has 0.
  int8_t colors[kScreenRows][kScreenColumns];
  int row;
  int column;
  uint32_t changed_rows;  // bit r: row r differs, or may, from what the caller was given
};

extern Screen g_screen;

// All blank, cursor at home, default attributes.
void ResetScreen();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_TERMINAL_H_
