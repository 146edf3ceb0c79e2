#include "nethack/game/window_port.h"

#include <string.h>

#include "nethack/game/inventory_window.h"
#include "nethack/game/map_window.h"
#include "nethack/game/nethack_headers.h"
#include "nethack/game/observation_writer.h"
#include "nethack/game/session.h"
#include "nethack/game/status_window.h"
#include "nethack/game/terminal.h"

extern "C" {
#include "wintty.h"
}

namespace metamem::nethack {
namespace {

// Start and end.

void InitWindows(int* argc, char** argv) {
  tty_init_nhwindows(argc, argv);
  StartMap();
  StartInventory();
}

// Windows.

void ClearWindow(winid window) {
  if (window == WIN_MAP) ClearMap();
  if (window == WIN_MESSAGE) g_prompt.last_message[0] = '\0';
  tty_clear_nhwindow(window);
}

void PutString(winid window, int attribute, const char* text) {
  if (window == WIN_MESSAGE) {
    strncpy(g_prompt.last_message, text, sizeof g_prompt.last_message - 1);
  }
  tty_putstr(window, attribute, text);
}

void UpdateStatusField(int field, genericptr_t value, int change, int percent, int color, unsigned long* masks) {
  UpdateStatus(field, value);
  tty_status_update(field, value, change, percent, color, masks);
}

void PrintGlyph(winid window, XCHAR_P x, XCHAR_P y, int glyph, int background) {
  int character;
  int color;
  unsigned special;
  mapglyph(glyph, &character, &color, &special, x, y, 0);
  StoreCell(x, y, glyph, character, color, special);
  tty_print_glyph(window, x, y, glyph, background);
}

void RawPrint(const char* text) {
  xputs(text);
  xputc('\n');
}

// Input.

int GetKey() {
  WriteObservations();
  const int key = AwaitKey();
  // From here on as if a key had been typed: output stopped by ESC goes on, a message counts as read.
  if (WIN_MESSAGE != WIN_ERR && wins[WIN_MESSAGE] != nullptr) wins[WIN_MESSAGE]->flags &= ~WIN_STOP;
  if (ttyDisplay != nullptr && ttyDisplay->toplin == 1) ttyDisplay->toplin = 2;
  return key == 0 || key == EOF ? '\033' : key;
}

int GetKeyOrPosition(int*, int*, int*) { return GetKey(); }

char AskYesNo(const char* question, const char* choices, CHAR_P fallback) {
  g_prompt.in_yn_function = true;
  const char answer = tty_yn_function(question, choices, fallback);
  g_prompt.in_yn_function = false;
  return answer;
}

void GetLine(const char* prompt, char* line) {
  g_prompt.in_getlin = true;
  tty_getlin(prompt, line);
  g_prompt.in_getlin = false;
}

}  // namespace
}  // namespace metamem::nethack

using namespace metamem::nethack;

extern "C" {

struct window_procs rl_procs = {
    "rl",
    WC_COLOR | WC_HILITE_PET | WC_INVERSE | WC_EIGHT_BIT_IN | WC_PERM_INVENT,
    WC2_SELECTSAVED | WC2_HILITE_STATUS | WC2_HITPOINTBAR | WC2_FLUSH_STATUS | WC2_RESET_STATUS | WC2_DARKGRAY |
        WC2_SUPPRESS_HIST | WC2_STATUSLINES,
    {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
    InitWindows,
    tty_player_selection,
    tty_askname,
    tty_get_nh_event,
    tty_exit_nhwindows,
    tty_suspend_nhwindows,
    tty_resume_nhwindows,
    tty_create_nhwindow,
    ClearWindow,
    tty_display_nhwindow,
    tty_destroy_nhwindow,
    tty_curs,
    PutString,
    genl_putmixed,
    tty_display_file,
    tty_start_menu,
    tty_add_menu,
    tty_end_menu,
    tty_select_menu,
    genl_message_menu,
    RenewInventory,
    tty_mark_synch,
    tty_wait_synch,
    PrintGlyph,
    RawPrint,
    RawPrint,
    GetKey,
    GetKeyOrPosition,
    tty_nhbell,
    tty_doprev_message,
    AskYesNo,
    GetLine,
    tty_get_ext_cmd,
    tty_number_pad,
    tty_delay_output,
    tty_start_screen,
    tty_end_screen,
    genl_outrip,
    tty_preference_update,
    tty_getmsghistory,
    tty_putmsghistory,
    tty_status_init,
    genl_status_finish,
    tty_status_enablefield,
    UpdateStatusField,
    genl_can_suspend_yes,
};

}  // extern "C"
