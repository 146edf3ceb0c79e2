#include "nethack/game/session.h"

#include <string.h>

#include "nethack/game/coroutine.h"
#include "nethack/game/level_view.h"
#include "nethack/game/terminal.h"
#include "nethack/game/window_port.h"

extern "C" int unixmain(int argc, char** argv);

namespace metamem::nethack {

GameSetup g_setup;
GameStatus g_status;
extern const GameNameTables kGameNameTables;  // text/game_tables.cc

namespace {

void* g_host_stack;
void* g_game_stack;
int32_t g_key;

void GameMain() {
  static char name[] = "nethack";
  char* arguments[] = {name, nullptr};
  unixmain(1, arguments);
  EndGame(kEndedWithError, 1);
}

void RunGame() { metamem_switch_stack(&g_host_stack, g_game_stack); }

void Start(const GameSetup* setup) {
  g_setup = *setup;
  g_status.how_done = -1;
  ResetScreen();
  g_game_stack = PrepareStack(g_setup.stack, g_setup.stack_bytes, GameMain);
  RunGame();
}

void Step(int32_t key) {
  g_key = key;
  RunGame();
}

void SetBlock(uint8_t* block) {
  g_setup.block = block;
  ForgetWrittenObservations();
}

constexpr GameApi kApi = {kAbiVersion, Start, Step, SetBlock, &g_status, &kGameNameTables, ViewLevel};

}  // namespace

int32_t AwaitKey() {
  metamem_switch_stack(&g_game_stack, g_host_stack);
  return g_key;
}

void EndGame(GameEnding ending, int32_t exit_status) {
  g_status.ending = ending;
  g_status.exit_status = exit_status;
  WriteFinalScreen();
  // The host does not come back; should it, it finds the game as ended as before.
  for (;;) metamem_switch_stack(&g_game_stack, g_host_stack);
}

void RecordFault(const char* text, size_t bytes) {
  constexpr size_t kRoom = kFaultBytes - 1;
  if (bytes > kRoom) {
    text += bytes - kRoom;
    bytes = kRoom;
  }
  size_t used = strlen(g_status.fault);
  if (used + bytes > kRoom) {
    const size_t surplus = used + bytes - kRoom;
    memmove(g_status.fault, g_status.fault + surplus, used - surplus);
    used -= surplus;
  }
  memcpy(g_status.fault + used, text, bytes);
  g_status.fault[used + bytes] = '\0';
}

}  // namespace metamem::nethack

extern "C" __attribute__((visibility("default"))) const metamem::nethack::GameApi* metamem_nethack_api() {
  return &metamem::nethack::kApi;
}
