// The state of one world: map, objects, chunks, player, generator. Buffers are sized once, at construction.

#ifndef METAMEM_CRAFTER_WORLD_H_
#define METAMEM_CRAFTER_WORLD_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "crafter/config.h"
#include "crafter/mt19937.h"
#include "crafter/tables.h"

namespace metamem::crafter {

struct Object {
  int32_t x, y;
  int32_t health;  // not the player's, whose health is an item
  // Zombie: cooldown. Skeleton: steps until it can shoot again. Plant: steps grown.
  int32_t timer;
  uint64_t chunk_rank;  // position in the order in which objects entered their chunk
  int32_t chunk;
  Kind kind;
  int8_t facing_x, facing_y;  // of the player and of arrows
  uint8_t removed;            // 0 or 1
};

// Counts kept up to date so that balancing never scans.
struct Chunk {
  int32_t grass, path;
  int32_t objects;
  int32_t of_kind[kNumKinds];
  bool known;  // some object has been in it; only known chunks are balanced
};

struct PlayerState {
  int16_t items[kNumItems];
  int32_t achievements[kNumAchievements];
  int32_t last_health;  // as the player's own update last saw it
  Action action;
  uint8_t sleeping;  // 0 or 1; a byte, because snapshots are foreign data
  // Half points occur in all but fatigue.
  double hunger, thirst, fatigue, recover;
};

// What a step returned.
struct Outcome {
  double reward;
  uint8_t done;  // 0 or 1
};

// Everything of fixed size, as plain data: a snapshot copies it.
struct State {
  int64_t seed;
  int64_t episode;
  int64_t step;
  int64_t simplex_seed;
  int64_t world_seed;
  double daylight;
  Mt19937 rng;
  // The generator before the latest frame: a picture drawn afterwards shows the noise that frame had.
  Mt19937 frame_rng;
  PlayerState player;
  Outcome outcome;        // of the latest step
  uint32_t unlocked;      // set of achievements
  int32_t reward_health;  // health when the latest reward was computed
  uint64_t next_chunk_rank;
  int32_t num_objects;  // used entries of the object list, holes and the dummy included
  int32_t num_live;
  int32_t num_known_chunks;
};

inline constexpr int kPlayerIndex = 1;

class World {
 public:
  explicit World(const Config& config);

  const Config& config() const { return config_; }

  // Empties map, objects and chunks; keeps seed and episode.
  void Clear();

  bool Inside(int x, int y) const {
    return static_cast<unsigned>(x) < static_cast<unsigned>(config_.area_x) &&
           static_cast<unsigned>(y) < static_cast<unsigned>(config_.area_y);
  }
  int Cell(int x, int y) const { return x * config_.area_y + y; }
  // kNoMaterial outside the map.
  Material MaterialAt(int x, int y) const { return Inside(x, y) ? material_[Cell(x, y)] : kNoMaterial; }
  // Index of the object at a cell; 0: none, or outside.
  int ObjectAt(int x, int y) const { return Inside(x, y) ? object_at_[Cell(x, y)] : 0; }
  // Class id of the object at the cell, else its material; kNoMaterial outside the map.
  uint8_t SemanticAt(int x, int y) const;
  void SetMaterial(int x, int y, Material material);

  Object& object(int index) { return objects_[index]; }
  const Object& object(int index) const { return objects_[index]; }
  Object& player() { return objects_[kPlayerIndex]; }
  const Object& player() const { return objects_[kPlayerIndex]; }

  // Steps to the player, walking along the axes.
  int DistanceToPlayer(int x, int y) const { return std::abs(x - player().x) + std::abs(y - player().y); }

  bool IsFree(int x, int y, IdSet materials) const {
    if (!Inside(x, y)) return false;
    const int cell = Cell(x, y);
    return object_at_[cell] == 0 && Has(materials, material_[cell]);
  }
  // Appends an object at a free cell and returns it.
  Object& Add(Kind kind, int x, int y);
  void Remove(int index);
  // Moves by one cell if that cell is free. A removed object reports success and stays away.
  bool Move(int index, int dx, int dy);
  // Takes `amount` off an object's health, not below zero.
  void Damage(int index, int amount);

  // Closes the holes of the object list when they are many; creation order stays.
  void Compact();

  int ChunkOf(int x, int y) const { return (x / kChunkSize) * config_.chunks_y() + y / kChunkSize; }
  const Chunk& chunk(int index) const { return chunks_[index]; }
  // Chunks in the order in which they first held an object.
  int known_chunk(int i) const { return chunk_order_[i]; }

  const Material* materials() const { return material_.data(); }
  int num_chunks() const { return static_cast<int>(chunks_.size()); }
  int object_capacity() const { return object_capacity_; }

  // Replaces the whole world. The arrays must be consistent with each other and with the configuration: they hold
  // `cells()` materials, `state.num_objects` objects and `state.num_known_chunks` chunk indexes.
  void Assign(const State& state, const Material* materials, const Object* objects, const int32_t* chunk_order);

  State state{};

 private:
  void EnterChunk(Object* object, int chunk);
  void LeaveChunk(const Object& object);

  Config config_;
  std::vector<Material> material_;
  std::vector<int32_t> object_at_;
  // More than can ever be needed, mostly never touched: an array, because a vector would initialise it.
  std::unique_ptr<Object[]> objects_;
  int object_capacity_;
  std::vector<Chunk> chunks_;
  std::vector<int32_t> chunk_order_;
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_WORLD_H_
