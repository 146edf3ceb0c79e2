#include "nethack/game/observation_writer.h"

#include <string.h>

#include <initializer_list>

#include "nethack/game/inventory_window.h"
#include "nethack/game/map_window.h"
#include "nethack/game/nethack_headers.h"
#include "nethack/game/session.h"
#include "nethack/game/status_window.h"
#include "nethack/game/terminal.h"
#include "nethack/game/window_port.h"

extern "C" {
#include "wintty.h"
extern boolean xwaitingforspace;
}

namespace metamem::nethack {

PromptState g_prompt;

namespace {

// Whether the block holds the forced empty observation instead of the map.
bool g_block_is_empty;

bool Wanted(ObservationKey key) { return (g_setup.wanted & KeyBit(key)) != 0; }

template <typename Element>
Element* Block(ObservationKey key) {
  return reinterpret_cast<Element*>(g_setup.block + ArrayOf(key).offset);
}

void Clear(ObservationKey key) {
  if (Wanted(key)) memset(Block<uint8_t>(key), 0, static_cast<size_t>(ArrayOf(key).bytes()));
}

void WriteProgramState() {
  int32_t* out = Block<int32_t>(kProgramState);
  out[0] = program_state.gameover;
  out[1] = program_state.panicking;
  out[2] = program_state.exiting;
  out[3] = program_state.in_moveloop;
  out[4] = program_state.in_impossible;
  out[5] = program_state.something_worth_saving;
}

void WriteMisc(int32_t* out) {
  out[0] = g_prompt.in_yn_function;
  out[1] = g_prompt.in_getlin;
  out[2] = xwaitingforspace;
}

void WriteInternal() {
  int32_t* out = Block<int32_t>(kInternal);
  const bool on_stairs = u.ux == xdnstair && u.uy == ydnstair;
  const bool on_special_stairs = u.ux == sstairs.sx && u.uy == sstairs.sy && !sstairs.up;
  out[0] = deepest_lev_reached(FALSE);
  WriteMisc(out + 1);
  out[4] = on_stairs || on_special_stairs;
  out[5] = 0;
  out[6] = 0;
  out[7] = u.uhunger;
  out[8] = static_cast<int32_t>(u.urexp);
}

// Before the game proper, and after its windows are gone, there is nothing to see but the terminal.
void WriteEmpty() {
  if (Wanted(kGlyphs)) {
    int16_t* glyphs = Block<int16_t>(kGlyphs);
    for (int i = 0; i < kMapCells; ++i) glyphs[i] = cmap_to_glyph(S_stone);
  }
  for (ObservationKey key : {kChars, kColors, kSpecials, kMessage, kBlstats, kScreenDescriptions}) Clear(key);
  g_block_is_empty = true;
}

template <typename Cell>
void CopyRow(ObservationKey key, const Cell* cells, int row, int per_cell = 1) {
  if (!Wanted(key)) return;
  const size_t length = static_cast<size_t>(kMapColumns) * per_cell;
  memcpy(Block<Cell>(key) + row * length, cells, length * sizeof(Cell));
}

void WriteMap() {
  for (uint32_t rows = g_map.changed_rows; rows != 0; rows &= rows - 1) {
    const int row = __builtin_ctz(rows);
    CopyRow(kGlyphs, g_map.glyphs[row], row);
    CopyRow(kChars, g_map.chars[row], row);
    CopyRow(kColors, g_map.colors[row], row);
    CopyRow(kSpecials, g_map.specials[row], row);
    if (g_map.descriptions != nullptr) {
      CopyRow(kScreenDescriptions, g_map.descriptions[row][0], row, kDescriptionBytes);
    }
  }
  g_map.changed_rows = 0;
}

void WriteMessage() {
  char* out = Block<char>(kMessage);
  if (g_prompt.in_yn_function) {
    // A question reaches `toplines` only when it is over.
    strncpy(out, g_prompt.last_message, kMessageBytes);
  } else if (ttyDisplay->toplin != 0) {
    strncpy(out, toplines, kMessageBytes);
  } else {
    memset(out, 0, kMessageBytes);
  }
}

void WriteInventory() {
  if (!g_inventory.changed) return;
  g_inventory.changed = false;
  if (Wanted(kInvGlyphs)) memcpy(Block<int16_t>(kInvGlyphs), g_inventory.glyphs, sizeof g_inventory.glyphs);
  if (Wanted(kInvStrs)) memcpy(Block<char>(kInvStrs), g_inventory.texts, sizeof g_inventory.texts);
  if (Wanted(kInvLetters)) memcpy(Block<uint8_t>(kInvLetters), g_inventory.letters, sizeof g_inventory.letters);
  if (Wanted(kInvOclasses)) memcpy(Block<uint8_t>(kInvOclasses), g_inventory.classes, sizeof g_inventory.classes);
}

void WriteScreen() {
  for (uint32_t rows = g_screen.changed_rows; rows != 0; rows &= rows - 1) {
    const int row = __builtin_ctz(rows);
    const size_t at = static_cast<size_t>(row) * kScreenColumns;
    if (Wanted(kTtyChars)) memcpy(Block<uint8_t>(kTtyChars) + at, g_screen.chars[row], kScreenColumns);
    if (Wanted(kTtyColors)) memcpy(Block<int8_t>(kTtyColors) + at, g_screen.colors[row], kScreenColumns);
  }
  g_screen.changed_rows = 0;
  if (Wanted(kTtyCursor)) {
    Block<uint8_t>(kTtyCursor)[0] = static_cast<uint8_t>(g_screen.row);
    Block<uint8_t>(kTtyCursor)[1] = static_cast<uint8_t>(g_screen.column);
  }
}

bool InNormalGame() {
  return (program_state.something_worth_saving || program_state.in_moveloop) && iflags.window_inited;
}

}  // namespace

void WriteObservations() {
  if (Wanted(kProgramState)) WriteProgramState();
  if (Wanted(kInternal)) WriteInternal();
  if (Wanted(kMisc)) WriteMisc(Block<int32_t>(kMisc));
  g_status.in_normal_game = InNormalGame();
  g_status.turn = moves;
  if (g_status.in_normal_game) {
    if (g_block_is_empty) g_map.changed_rows = kAllMapRows;
    g_block_is_empty = false;
    WriteMap();
    if (Wanted(kMessage)) WriteMessage();
    UpdatePositionAndTurn();
    if (Wanted(kBlstats)) memcpy(Block<int64_t>(kBlstats), g_status_fields, sizeof g_status_fields);
    WriteInventory();
  } else {
    WriteEmpty();
  }
  WriteScreen();
}

void WriteFinalScreen() { WriteScreen(); }

void ForgetWrittenObservations() {
  g_map.changed_rows = kAllMapRows;
  g_inventory.changed = true;
  g_screen.changed_rows = ~0u >> (32 - kScreenRows);
}

}  // namespace metamem::nethack
