// NetHack's own headers, made fit for C++: they are C, and name macros as C++ names things. Standard headers come
// first, before those macros can reach them.

#ifndef METAMEM_NETHACK_GAME_NETHACK_HEADERS_H_
#define METAMEM_NETHACK_GAME_NETHACK_HEADERS_H_

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

extern "C" {
#include "hack.h"
}

#undef Invisible
#undef Warning
#undef index
#undef max
#undef min
#undef rindex
#undef wizard
#undef yn

#endif  // METAMEM_NETHACK_GAME_NETHACK_HEADERS_H_
