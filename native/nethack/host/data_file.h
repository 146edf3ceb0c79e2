// The check of the game's data file before any game reads it.

#ifndef METAMEM_NETHACK_HOST_DATA_FILE_H_
#define METAMEM_NETHACK_HOST_DATA_FILE_H_

#include <stddef.h>
#include <stdint.h>

#include <string>

namespace metamem::nethack {

// What is wrong with a data library (nhdat), or an empty text. Its directory must fit its size, so that a truncated
// file is found here and not in the middle of a game.
std::string DataFileProblem(const uint8_t* data, size_t bytes);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_DATA_FILE_H_
