#include "minihack/level/compiler/session.h"

#include <string.h>

#include "nethack/game/coroutine.h"

extern "C" {
int metamem_lev_comp_main(int argc, char** argv);
extern int nh_line_number;
}

namespace metamem::minihack {

CompileSetup g_setup;
CompileStatus g_status;

namespace {

void* g_host_stack;
void* g_own_stack;

void CompilerMain() {
  static char program[] = "lev_comp";
  static char file[] = "level";
  char* arguments[] = {program, file, nullptr};
  metamem_lev_comp_main(2, arguments);
  Finish();
}

void Compile(const CompileSetup* setup) {
  g_setup = *setup;
  g_own_stack = nethack::PrepareStack(g_setup.stack, g_setup.stack_bytes, CompilerMain);
  nethack::metamem_switch_stack(&g_host_stack, g_own_stack);
}

constexpr CompilerApi kApi = {kCompilerAbiVersion, Compile, &g_status};

}  // namespace

void Complain(const char* text, size_t bytes) {
  g_status.failed = true;
  size_t used = strlen(g_status.complaint);
  for (size_t i = 0; i < bytes; ++i) {
    if (text[i] == '\n') Finish();
    if (used < kComplaintBytes - 1) g_status.complaint[used++] = text[i];
  }
}

void Fail(const char* complaint) {
  g_status.failed = true;
  if (g_status.complaint[0] == '\0') strncpy(g_status.complaint, complaint, kComplaintBytes - 1);
  Finish();
}

void Finish() {
  g_status.line = nh_line_number;
  // The host does not come back.
  for (;;) nethack::metamem_switch_stack(&g_own_stack, g_host_stack);
}

}  // namespace metamem::minihack

extern "C" __attribute__((visibility("default"))) const void* metamem_level_compiler_api() {
  return &metamem::minihack::kApi;
}
