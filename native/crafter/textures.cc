#include "crafter/textures.h"

namespace metamem::crafter {

// Items that look like a material carry that material's sprite a second time.
const char* const kTextureNames[kNumTextures] = {
    "water",
    "grass",
    "stone",
    "path",
    "sand",
    "tree",
    "lava",
    "coal",
    "iron",
    "diamond",
    "table",
    "furnace",  //
    "cow",
    "zombie",
    "skeleton",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "arrow-down",
    "plant",
    "plant-ripe",  //
    "player-left",
    "player-right",
    "player-up",
    "player-down",
    "player-sleep",  //
    "health",
    "food",
    "drink",
    "energy",
    "sapling",
    "wood",
    "stone",
    "coal",
    "iron",
    "diamond",  //
    "wood_pickaxe",
    "stone_pickaxe",
    "iron_pickaxe",
    "wood_sword",
    "stone_sword",
    "iron_sword",  //
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
};

bool TexturesAreValid(const uint8_t* block) {
  for (int i = 0; i < kNumTextures; ++i) {
    const int channels = TextureOf(block, i).channels();
    if (channels != 3 && channels != 4) return false;
  }
  return true;
}

}  // namespace metamem::crafter
