// The inventory as observations show it: a list renewed only when the game says so.

#ifndef METAMEM_NETHACK_GAME_INVENTORY_WINDOW_H_
#define METAMEM_NETHACK_GAME_INVENTORY_WINDOW_H_

#include <stdint.h>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

struct InventoryWindow {
  int16_t glyphs[kInventorySlots];
  char texts[kInventorySlots][kInventoryTextBytes];  // unterminated when full
  uint8_t letters[kInventorySlots];
  uint8_t classes[kInventorySlots];
  int count;
  bool changed;
};

extern InventoryWindow g_inventory;

// An empty list.
void StartInventory();

// Reads the hero's inventory. Draws from the display generator while hallucinating, as the game expects it to.
void RenewInventory();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_INVENTORY_WINDOW_H_
