#include "nethack/game/coroutine.h"

#include <string.h>

#if defined(__APPLE__)
#define METAMEM_SYMBOL "_metamem_switch_stack"
#define METAMEM_HIDDEN ".private_extern _metamem_switch_stack\n"
#else
#define METAMEM_SYMBOL "metamem_switch_stack"
#define METAMEM_HIDDEN ".hidden metamem_switch_stack\n"
#endif

// Floating-point control words are not saved: nobody on either side changes them.

#if defined(__x86_64__)

__asm__(
    ".text\n.p2align 4\n.globl " METAMEM_SYMBOL "\n" METAMEM_HIDDEN METAMEM_SYMBOL
    ":\n"
    "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
    "  movq %rsp, (%rdi)\n"
    "  movq %rsi, %rsp\n"
    "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
    "  ret\n");

namespace metamem::nethack {

void* PrepareStack(uint8_t* low_end, size_t bytes, void (*entry)()) {
  // Six registers, the entry as return address, and one word so that the entry sees the alignment a call leaves.
  constexpr size_t kWords = 8;
  void** frame = reinterpret_cast<void**>(low_end + bytes) - kWords;
  memset(frame, 0, kWords * sizeof *frame);
  frame[6] = reinterpret_cast<void*>(entry);
  return frame;
}

}  // namespace metamem::nethack

#elif defined(__aarch64__)

__asm__(
    ".text\n.p2align 2\n.globl " METAMEM_SYMBOL "\n" METAMEM_HIDDEN METAMEM_SYMBOL
    ":\n"
    "  sub sp, sp, #160\n"
    "  stp x19, x20, [sp, #0]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n"
    "  stp x25, x26, [sp, #48]\n  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
    "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
    "  mov x9, sp\n"
    "  str x9, [x0]\n"
    "  mov sp, x1\n"
    "  ldp x19, x20, [sp, #0]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n"
    "  ldp x25, x26, [sp, #48]\n  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
    "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
    "  add sp, sp, #160\n"
    "  ret\n");

namespace metamem::nethack {

void* PrepareStack(uint8_t* low_end, size_t bytes, void (*entry)()) {
  constexpr size_t kWords = 20;
  constexpr size_t kLinkRegister = 11;
  void** frame = reinterpret_cast<void**>(low_end + bytes) - kWords;
  memset(frame, 0, kWords * sizeof *frame);
  frame[kLinkRegister] = reinterpret_cast<void*>(entry);
  return frame;
}

}  // namespace metamem::nethack

#else
#error "NetHack in process needs x86-64 or AArch64; build Crafter alone on other machines"
#endif
