#include "nethack/game/terminal.h"

#include "nethack/game/nethack_headers.h"

extern "C" {
#include "wintty.h"

#include "tcap.h"
}

#include <string.h>

namespace metamem::nethack {

Screen g_screen;

namespace {

constexpr int kLastRow = kScreenRows - 1;
constexpr int kLastColumn = kScreenColumns - 1;
constexpr int kTabWidth = 8;
constexpr uint32_t kAllRows = (1u << kScreenRows) - 1;
constexpr int kDefaultColor = -1;
constexpr int8_t kDefaultInk = CLR_GRAY;
constexpr int8_t kReversed = CLR_MAX;

// What the next characters look like. `ink` and `blank` are the colours of a visible character and of a space.
struct Attributes {
  int foreground = kDefaultColor;
  bool bold = false;
  bool reverse = false;
  int8_t ink = kDefaultInk;
  int8_t blank = 0;
};

Attributes g_attributes;
// Whether black is shown as dark grey; otherwise it is shown as blue. Fixed when the terminal starts.
bool g_dark_gray;

void UpdateColors() {
  Attributes& now = g_attributes;
  if (now.foreground == kDefaultColor) {
    // Bold alone does not brighten the default colour.
    now.ink = kDefaultInk;
    now.blank = 0;
  } else {
    now.ink = static_cast<int8_t>(now.foreground | (now.bold ? BRIGHT : 0));
    now.blank = now.ink;
  }
  if (now.reverse) {
    now.ink += kReversed;
    now.blank += kReversed;
  }
}

void ResetAttributes() { g_attributes = Attributes(); }

void SetBold() {
  g_attributes.bold = true;
  UpdateColors();
}

void ClearCells(int row, int from, int to) {
  memset(g_screen.chars[row] + from, ' ', static_cast<size_t>(to - from));
  memset(g_screen.colors[row] + from, 0, static_cast<size_t>(to - from));
  g_screen.changed_rows |= 1u << row;
}

void ScrollUp() {
  memmove(g_screen.chars[0], g_screen.chars[1], sizeof g_screen.chars - kScreenColumns);
  memmove(g_screen.colors[0], g_screen.colors[1], sizeof g_screen.colors - kScreenColumns);
  ClearCells(kLastRow, 0, kScreenColumns);
  g_screen.changed_rows = kAllRows;
}

void DownOneRow() {
  if (g_screen.row < kLastRow) {
    ++g_screen.row;
  } else {
    ScrollUp();
  }
}

void PutVisible(uint8_t character) {
  Screen& screen = g_screen;
  screen.chars[screen.row][screen.column] = character;
  screen.colors[screen.row][screen.column] = character == ' ' ? g_attributes.blank : g_attributes.ink;
  screen.changed_rows |= 1u << screen.row;
  if (screen.column < kLastColumn) {
    ++screen.column;
  } else {
    screen.column = 0;
    DownOneRow();
  }
}

void Tab() {
  Screen& screen = g_screen;
  do {
    ++screen.column;
  } while (screen.column < kLastColumn && screen.column % kTabWidth != 0);
  if (screen.column > kLastColumn) screen.column = kLastColumn;
}

// Control characters that do something; bell and character sets do nothing that can be seen.
void PutControl(uint8_t character) {
  switch (character) {
    case '\b':
      if (g_screen.column > 0) --g_screen.column;
      break;
    case '\t':
      Tab();
      break;
    case '\n':
      DownOneRow();
      break;
    case '\r':
      g_screen.column = 0;
      break;
    case '\0':
    case '\007':
    case '\016':
    case '\017':
    case '\033':
      break;
    default:
      PutVisible(character);
  }
}

inline void Put(uint8_t character) {
  if (character >= ' ') {
    PutVisible(character);
  } else {
    PutControl(character);
  }
}

int Clamp(int value, int last) { return value < 0 ? 0 : value > last ? last : value; }

void MoveTo(int row, int column) {
  g_screen.row = Clamp(row, kLastRow);
  g_screen.column = Clamp(column, kLastColumn);
}

}  // namespace

void ResetScreen() {
  memset(g_screen.chars, ' ', sizeof g_screen.chars);
  memset(g_screen.colors, 0, sizeof g_screen.colors);
  g_screen.changed_rows = kAllRows;
  ResetAttributes();
  MoveTo(0, 0);
}

}  // namespace metamem::nethack

using namespace metamem::nethack;

extern "C" {

// The rest of the game asks these only what the terminal can do: move its cursor, show colours.
struct tc_lcl_data tc_lcl_data;
char* hilites[CLR_MAX];

// What the game prints character by character.
int nle_putchar(int character) {
  Put(static_cast<uint8_t>(character));
  return character;
}

int nle_puts(const char*) { return 0; }

int nle_fflush(FILE*) { return 0; }

int xputc(int character) { return nle_putchar(character); }

void xputs(const char* text) {
  for (; *text != '\0'; ++text) Put(static_cast<uint8_t>(*text));
}

// Life cycle.

void tty_startup(int* width, int* height) {
  static char supported[] = "";
  nh_CM = nh_ND = supported;
  for (char*& color : hilites) color = supported;
  g_dark_gray = iflags.wc2_darkgray;
  *width = CO = kScreenColumns;
  *height = LI = kScreenRows;
}

void tty_shutdown() {}

void tty_start_screen() { ResetAttributes(); }

void tty_end_screen() { clear_screen(); }

void tty_number_pad(int) {}

void tty_delay_output() {}

void tty_nhbell() {}

// Cursor. `ttyDisplay` holds where the game believes the cursor is; relative moves start from there.

void home() {
  MoveTo(0, 0);
  ttyDisplay->curx = ttyDisplay->cury = 0;
}

void cmov(int x, int y) {
  MoveTo(y, x);
  ttyDisplay->cury = static_cast<short>(y);
  ttyDisplay->curx = static_cast<short>(x);
}

void nocmov(int x, int y) {
  int row = g_screen.row;
  int column = g_screen.column;
  // Moving up from the top row wraps to the bottom one, moving left from the first column stays.
  for (; ttyDisplay->cury > y; --ttyDisplay->cury) row = row == 0 ? kLastRow : row - 1;
  for (; ttyDisplay->cury < y; ++ttyDisplay->cury) row = Clamp(row + 1, kLastRow);
  for (; ttyDisplay->curx < x; ++ttyDisplay->curx) column = Clamp(column + 1, kLastColumn);
  for (; ttyDisplay->curx > x; --ttyDisplay->curx) column = Clamp(column - 1, kLastColumn);
  MoveTo(row, column);
}

void backsp() { MoveTo(g_screen.row, g_screen.column - 1); }

// Erasing.

void cl_end() { ClearCells(g_screen.row, g_screen.column, kScreenColumns); }

void clear_screen() {
  for (int row = 0; row < kScreenRows; ++row) ClearCells(row, 0, kScreenColumns);
  home();
}

void cl_eos() {
  for (int row = ttyDisplay->cury + 1; row <= LI - 2; ++row) {
    cl_end();
    Put('\n');
  }
  cl_end();
  tty_curs(BASE_WINDOW, ttyDisplay->curx + 1, ttyDisplay->cury);
}

// Looks. There is bold, reverse and colour; underlining cannot be seen, and to end one thing is to end all.

void standoutbeg() { SetBold(); }
void standoutend() { ResetAttributes(); }
void term_start_raw_bold() { SetBold(); }
void term_end_raw_bold() { ResetAttributes(); }
void term_end_color() { ResetAttributes(); }

int term_attr_fixup(int mask) {
  // Blinking becomes bold, and there is no dim.
  if ((mask & HL_BLINK) != 0) mask = (mask | HL_BOLD) & ~HL_BLINK;
  return mask & ~HL_DIM;
}

void term_start_attr(int attribute) {
  if (attribute == ATR_INVERSE) {
    g_attributes.reverse = true;
    UpdateColors();
  } else if (attribute == ATR_BOLD || attribute == ATR_BLINK) {
    SetBold();
  }
}

void term_end_attr(int attribute) {
  switch (attribute) {
    case ATR_BOLD:
    case ATR_DIM:
    case ATR_ULINE:
    case ATR_BLINK:
    case ATR_INVERSE:
      ResetAttributes();
  }
}

void term_start_color(int color) {
  if (color == CLR_GRAY || color == NO_COLOR || color >= CLR_MAX) return;
  Attributes& now = g_attributes;
  if (color == CLR_BLACK) color = g_dark_gray ? CLR_BLACK | BRIGHT : CLR_BLUE;
  if ((color & BRIGHT) != 0) {
    now.bold = true;
  } else {
    ResetAttributes();
  }
  now.foreground = color & ~BRIGHT;
  UpdateColors();
}

}  // extern "C"
