// What the game asks of the program around it: seeds, settings, and the ways to say that it cannot go on.
// Stands in for src/nle.c.

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nethack/game/nethack_headers.h"
#include "nethack/game/session.h"

extern "C" {
#include "tcap.h"

int whichrng(int (*generator)(int));
void set_random(unsigned long seed, int (*generator)(int));
}

using namespace metamem::nethack;

extern "C" {

char erase_char;
char intr_char;
char kill_char;

// Seeds. Called when options are read, and again before and after each new level.
void init_random(int (*generator)(int)) {
  const bool is_core = whichrng(generator) == 0;
  set_random(is_core ? g_setup.core_seed : g_setup.display_seed, generator);
  has_strong_rngseed = g_setup.reseed;
}

// Settings.

char* nle_getenv(const char* name) {
  static char terminal[] = "ansi";
  if (strcmp(name, "TERM") == 0) return terminal;
  // The game takes the text apart in place.
  if (strcmp(name, "NETHACKOPTIONS") == 0) return dupstr(g_setup.options);
  return nullptr;
}

int nle_spawn_monsters() { return g_setup.spawn_monsters; }

char* nle_ttyrecname() {
  static char none[] = "";
  return none;
}

FILE* nle_fopen_wizkit_file() {
  if (g_setup.wizkit[0] == '\0') return nullptr;
  FILE* file = fopen("wizkit", "w+");
  fputs(g_setup.wizkit, file);
  rewind(file);
  return file;
}

// Terminal modes. Starting and ending the screen are the only ones that show.

void gettty() {}

void setftty() {
  start_screen();
  iflags.cbreak = ON;
  iflags.echo = OFF;
}

void settty(const char* text) {
  end_screen();
  if (text != nullptr) raw_print(text);
}

void intron() {}
void introff() {}
void check_linux_console() {}
void init_linux_cons() {}
void linux_mapon() {}
void linux_mapoff() {}

// Ends.

void nle_done(int how) { g_status.how_done = how; }

void nethack_exit(int status) { EndGame(status == 0 ? kEndedNormally : kEndedWithError, status); }

void error(const char* format, ...) {
  char text[kFaultBytes];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  RecordFault(text, strlen(text));
  if (iflags.window_inited) exit_nhwindows(nullptr);
  nethack_exit(EXIT_FAILURE);
}

}  // extern "C"
