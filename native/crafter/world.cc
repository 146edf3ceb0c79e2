#include "crafter/world.h"

#include <algorithm>

namespace metamem::crafter {
namespace {

// Holes of the object list that are tolerated before it is compacted.
constexpr int kMaxHoles = 64;

// Live objects never exceed the cells, and a step adds at most one arrow per skeleton, one plant and three spawned
// creatures per chunk. `Compact` runs between steps.
int Capacity(const Config& config) {
  return 2 * config.cells() + 3 * config.chunks_x() * config.chunks_y() + kMaxHoles + 2;
}

}  // namespace

World::World(const Config& config)
    : config_(config),
      material_(config.cells()),
      object_at_(config.cells()),
      objects_(new Object[Capacity(config)]),
      object_capacity_(Capacity(config)),
      chunks_(config.chunks_x() * config.chunks_y()),
      chunk_order_(chunks_.size()) {
  Clear();
}

void World::Clear() {
  std::fill(material_.begin(), material_.end(), kNoMaterial);
  std::fill(object_at_.begin(), object_at_.end(), 0);
  std::fill(chunks_.begin(), chunks_.end(), Chunk{});
  objects_[0] = Object{};
  objects_[0].removed = true;
  state.num_objects = 1;
  state.num_live = 0;
  state.num_known_chunks = 0;
  state.next_chunk_rank = 0;
}

uint8_t World::SemanticAt(int x, int y) const {
  if (!Inside(x, y)) return kNoMaterial;
  const int cell = Cell(x, y);
  const int index = object_at_[cell];
  return index == 0 ? material_[cell] : kNumMaterials + objects_[index].kind;
}

void World::SetMaterial(int x, int y, Material material) {
  Material& cell = material_[Cell(x, y)];
  Chunk& chunk = chunks_[ChunkOf(x, y)];
  chunk.grass += (material == kGrass) - (cell == kGrass);
  chunk.path += (material == kPath) - (cell == kPath);
  cell = material;
}

Object& World::Add(Kind kind, int x, int y) {
  const int index = state.num_objects++;
  Object& object = objects_[index];
  object = Object{};
  object.x = x;
  object.y = y;
  object.kind = kind;
  object_at_[Cell(x, y)] = index;
  ++state.num_live;
  EnterChunk(&object, ChunkOf(x, y));
  return object;
}

void World::Remove(int index) {
  Object& object = objects_[index];
  object.removed = true;
  object_at_[Cell(object.x, object.y)] = 0;
  --state.num_live;
  LeaveChunk(object);
}

bool World::Move(int index, int dx, int dy) {
  Object& object = objects_[index];
  const int x = object.x + dx;
  const int y = object.y + dy;
  if (!IsFree(x, y, kFreeFor[object.kind])) return false;
  if (object.removed) return true;
  object_at_[Cell(object.x, object.y)] = 0;
  object_at_[Cell(x, y)] = index;
  object.x = x;
  object.y = y;
  const int chunk = ChunkOf(x, y);
  if (chunk != object.chunk) {
    LeaveChunk(object);
    EnterChunk(&object, chunk);
  }
  return true;
}

void World::Damage(int index, int amount) {
  if (index == kPlayerIndex) {
    int16_t& health = state.player.items[kHealth];
    health = static_cast<int16_t>(std::max(0, health - amount));
  } else {
    objects_[index].health = std::max(0, objects_[index].health - amount);
  }
}

void World::Compact() {
  if (state.num_objects - 1 - state.num_live <= kMaxHoles) return;
  int to = 1;
  for (int from = 1; from < state.num_objects; ++from) {
    if (objects_[from].removed) continue;
    objects_[to] = objects_[from];
    object_at_[Cell(objects_[to].x, objects_[to].y)] = to;
    ++to;
  }
  state.num_objects = to;
}

void World::Assign(const State& new_state, const Material* materials, const Object* objects,
                   const int32_t* chunk_order) {
  Clear();
  for (int x = 0; x < config_.area_x; ++x) {
    for (int y = 0; y < config_.area_y; ++y) SetMaterial(x, y, materials[Cell(x, y)]);
  }
  std::copy(chunk_order, chunk_order + new_state.num_known_chunks, chunk_order_.begin());
  for (int i = 0; i < new_state.num_known_chunks; ++i) chunks_[chunk_order[i]].known = true;
  for (int i = 1; i < new_state.num_objects; ++i) {
    objects_[i] = objects[i];
    if (objects[i].removed) continue;
    object_at_[Cell(objects[i].x, objects[i].y)] = i;
    Chunk& chunk = chunks_[objects[i].chunk];
    ++chunk.objects;
    ++chunk.of_kind[objects[i].kind];
  }
  state = new_state;
}

void World::EnterChunk(Object* object, int index) {
  object->chunk = index;
  object->chunk_rank = state.next_chunk_rank++;
  Chunk& chunk = chunks_[index];
  ++chunk.objects;
  ++chunk.of_kind[object->kind];
  if (!chunk.known) {
    chunk.known = true;
    chunk_order_[state.num_known_chunks++] = index;
  }
}

void World::LeaveChunk(const Object& object) {
  Chunk& chunk = chunks_[object.chunk];
  --chunk.objects;
  --chunk.of_kind[object.kind];
}

}  // namespace metamem::crafter
