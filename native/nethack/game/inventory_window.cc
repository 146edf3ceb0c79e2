#include "nethack/game/inventory_window.h"

#include <string.h>

#include "nethack/game/map_window.h"
#include "nethack/game/nethack_headers.h"

namespace metamem::nethack {

InventoryWindow g_inventory;

namespace {

void ClearSlots(int from, int to) {
  for (int slot = from; slot < to; ++slot) {
    g_inventory.glyphs[slot] = NO_GLYPH;
    memset(g_inventory.texts[slot], 0, kInventoryTextBytes);
    g_inventory.letters[slot] = 0;
    g_inventory.classes[slot] = MAXOCLASSES;
  }
}

}  // namespace

void StartInventory() {
  ClearSlots(0, kInventorySlots);
  g_inventory.count = 0;
  g_inventory.changed = true;
}

void RenewInventory() {
  int slot = 0;
  for (struct obj* item = invent; item != nullptr; item = item->nobj) {
    // Both calls are made even for items beyond the last slot: they may draw random numbers.
    const int16_t glyph = ShownGlyph(obj_to_glyph(item, rn2_on_display_rng));
    const char* text = doname(item);
    if (slot == kInventorySlots) continue;
    g_inventory.glyphs[slot] = glyph;
    strncpy(g_inventory.texts[slot], text, kInventoryTextBytes);
    g_inventory.letters[slot] = static_cast<uint8_t>(item->invlet);
    g_inventory.classes[slot] = static_cast<uint8_t>(item->oclass);
    ++slot;
  }
  ClearSlots(slot, g_inventory.count);
  g_inventory.count = slot;
  g_inventory.changed = true;
}

}  // namespace metamem::nethack
