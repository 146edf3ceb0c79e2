#include "crafter/balance.h"

#include <algorithm>

#include "crafter/creatures.h"

namespace metamem::crafter {
namespace {

struct Rule {
  Kind kind;
  Material material;
  int spawn_distance, despawn_distance;
  double spawn_probability, despawn_probability;
};

constexpr Rule kZombieRule = {kZombie, kGrass, 6, 0, 0.3, 0.4};
constexpr Rule kSkeletonRule = {kSkeleton, kPath, 7, 7, 0.1, 0.1};
constexpr Rule kCowRule = {kCow, kGrass, 5, 5, 0.01, 0.1};

// Cells of a chunk.
struct Bounds {
  int x_begin, x_end, y_begin, y_end;
};

Bounds BoundsOf(const World& world, int chunk) {
  const Config& config = world.config();
  const int x = chunk / config.chunks_y() * kChunkSize;
  const int y = chunk % config.chunks_y() * kChunkSize;
  return {x, std::min(x + kChunkSize, config.area_x), y, std::min(y + kChunkSize, config.area_y)};
}

void Spawn(World* world, const Rule& rule, int chunk, int space) {
  const Bounds bounds = BoundsOf(*world, chunk);
  int pick = world->state.rng.RandInt(0, space);
  for (int x = bounds.x_begin; x < bounds.x_end; ++x) {
    for (int y = bounds.y_begin; y < bounds.y_end; ++y) {
      if (world->MaterialAt(x, y) != rule.material || pick-- > 0) continue;
      if (world->ObjectAt(x, y) == 0 && world->DistanceToPlayer(x, y) >= rule.spawn_distance) {
        AddCreature(world, rule.kind, x, y);
      }
      return;
    }
  }
}

// The creature with exactly `rank` others of its kind before it in the chunk's order of entry.
int CreatureOfRank(const World& world, Kind kind, int chunk, int rank) {
  const Bounds bounds = BoundsOf(world, chunk);
  int found[kChunkSize * kChunkSize];
  int count = 0;
  for (int x = bounds.x_begin; x < bounds.x_end; ++x) {
    for (int y = bounds.y_begin; y < bounds.y_end; ++y) {
      const int index = world.ObjectAt(x, y);
      if (index != 0 && world.object(index).kind == kind) found[count++] = index;
    }
  }
  std::nth_element(found, found + rank, found + count,
                   [&world](int a, int b) { return world.object(a).chunk_rank < world.object(b).chunk_rank; });
  return found[rank];
}

void Despawn(World* world, const Rule& rule, int chunk, int count) {
  const int rank = world->state.rng.RandInt(0, count);
  const int index = CreatureOfRank(*world, rule.kind, chunk, rank);
  const Object& creature = world->object(index);
  if (world->DistanceToPlayer(creature.x, creature.y) >= rule.despawn_distance) world->Remove(index);
}

void Balance(World* world, const Rule& rule, int chunk, int space, double target_min, double target_max) {
  const int count = world->chunk(chunk).of_kind[rule.kind];
  if (count < static_cast<int>(target_min) && world->state.rng.Uniform() < rule.spawn_probability) {
    Spawn(world, rule, chunk, space);
  } else if (count > static_cast<int>(target_max) && world->state.rng.Uniform() < rule.despawn_probability) {
    Despawn(world, rule, chunk, count);
  }
}

}  // namespace

void BalanceWorld(World* world) {
  const double daylight = world->state.daylight;
  const double zombies = 3.5 - 3 * daylight;
  // Spawning adds no chunk: creatures appear only in chunks that are known already.
  for (int i = 0; i < world->state.num_known_chunks; ++i) {
    const int index = world->known_chunk(i);
    const Chunk& chunk = world->chunk(index);
    Balance(world, kZombieRule, index, chunk.grass, chunk.grass < 50 ? 0 : zombies, zombies);
    Balance(world, kSkeletonRule, index, chunk.path, chunk.path < 6 ? 0 : 1, 2);
    Balance(world, kCowRule, index, chunk.grass, chunk.grass < 30 ? 0 : 1, 1.5 + daylight);
  }
}

}  // namespace metamem::crafter
