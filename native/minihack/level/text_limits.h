// What a des-file text is checked for before upstream's compiler reads it: its sizes, which upstream trusts, and bytes
// and map rows that upstream would pass over in silence.

#ifndef METAMEM_MINIHACK_LEVEL_TEXT_LIMITS_H_
#define METAMEM_MINIHACK_LEVEL_TEXT_LIMITS_H_

#include <stddef.h>

#include <string_view>

#include "minihack/level/level_compiler.h"

namespace metamem::minihack {

// Thirty times the longest description of a level that comes with the game.
inline constexpr size_t kMaxTextBytes = 256 * 1024;
// Of a word, a quoted text, a line of comment or a row of a map.
inline constexpr size_t kMaxTokenBytes = 500;
// A variable's name; the compiler makes longer names from it.
inline constexpr size_t kMaxNameBytes = 200;
// Of all rows of one map, line ends included: more than the largest map, which has 21 rows of 76.
inline constexpr size_t kMaxMapBytes = 4000;

// False with the first finding in `*error`.
bool CheckText(std::string_view text, CompileError* error);

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_TEXT_LIMITS_H_
