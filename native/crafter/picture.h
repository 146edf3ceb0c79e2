// Pictures of the game, pixel for pixel as the reference draws them from the same sprites.

#ifndef METAMEM_CRAFTER_PICTURE_H_
#define METAMEM_CRAFTER_PICTURE_H_

#include <cstdint>

#include "crafter/world.h"

namespace metamem::crafter {

// Draws the latest frame: rows from top to bottom, 3 bytes per pixel, size_x * size_y pixels. The game's generator
// stays as it is; noise comes from a copy taken before the frame drew. `textures` is a valid block (textures.h).
void DrawPicture(const World& world, const uint8_t* textures, uint8_t* out);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_PICTURE_H_
