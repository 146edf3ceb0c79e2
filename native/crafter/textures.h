// The sprites a picture is drawn with, handed in by the caller as one packed block.

#ifndef METAMEM_CRAFTER_TEXTURES_H_
#define METAMEM_CRAFTER_TEXTURES_H_

#include <cstdint>

#include "crafter/tables.h"

namespace metamem::crafter {

inline constexpr int kTextureSide = 16;

// Sprites in the packed block: the materials from water on, then these.
enum Texture : uint8_t {
  kFirstMaterialTexture = 0,
  kCowTexture = kNumMaterials - 1,
  kZombieTexture,
  kSkeletonTexture,
  kArrowLeftTexture,  // left, right, up, down
  kPlantTexture = kArrowLeftTexture + 4,
  kPlantRipeTexture,
  kPlayerLeftTexture,  // left, right, up, down
  kPlayerSleepTexture = kPlayerLeftTexture + 4,
  kFirstItemTexture,
  kFirstDigitTexture = kFirstItemTexture + kNumItems,
  kNumTextures = kFirstDigitTexture + kMaxItem,
};

extern const char* const kTextureNames[kNumTextures];

// One sprite of the block: a byte with the number of channels (3 or 4), then 16 rows of 16 pixels of 4 bytes; the
// fourth byte counts only with 4 channels.
struct TextureView {
  const uint8_t* data;

  int channels() const { return data[0]; }
  const uint8_t* Pixel(int x, int y) const { return data + 1 + 4 * (y * kTextureSide + x); }
};

inline constexpr int kTextureBytes = 1 + 4 * kTextureSide * kTextureSide;
inline constexpr int kTextureBlockBytes = kTextureBytes * kNumTextures;

inline TextureView TextureOf(const uint8_t* block, int texture) { return {block + texture * kTextureBytes}; }

// False when a sprite has another number of channels than 3 or 4.
bool TexturesAreValid(const uint8_t* block);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_TEXTURES_H_
