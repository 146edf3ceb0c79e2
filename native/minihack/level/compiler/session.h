// The one compilation of this image, as the parts that stand in for the C library see it.

#ifndef METAMEM_MINIHACK_LEVEL_COMPILER_SESSION_H_
#define METAMEM_MINIHACK_LEVEL_COMPILER_SESSION_H_

#include "minihack/level/compiler_abi.h"

namespace metamem::minihack {

extern CompileSetup g_setup;
extern CompileStatus g_status;

// What the compiler writes to its error output, in pieces. The first whole line ends the compilation: what a compiler
// says after its first error is no help, and upstream's is not safe any more by then.
void Complain(const char* text, size_t bytes);

// Ends the compilation with an error of our own, unless there is a complaint already.
[[noreturn]] void Fail(const char* complaint);

// Ends the compilation, failed or not: hands control to the host for good.
[[noreturn]] void Finish();

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_COMPILER_SESSION_H_
