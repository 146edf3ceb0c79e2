#include "crafter/semantic_map.h"

#include <cstring>

namespace metamem::crafter {

void WriteSemanticMap(const World& world, uint8_t* out) {
  memcpy(out, world.materials(), world.config().cells());
  for (int i = kPlayerIndex; i < world.state.num_objects; ++i) {
    const Object& object = world.object(i);
    if (!object.removed) out[world.Cell(object.x, object.y)] = kNumMaterials + object.kind;
  }
}

void WriteVisibleGrid(const World& world, uint8_t* out) {
  const int width = world.config().grid_x();
  const int height = world.config().grid_y();
  const int left = world.player().x - width / 2;
  const int top = world.player().y - height / 2;
  for (int j = 0; j < height; ++j) {
    for (int i = 0; i < width; ++i) *out++ = world.SemanticAt(left + i, top + j);
  }
}

}  // namespace metamem::crafter
