#include "crafter/creatures.h"

#include <cstdlib>

namespace metamem::crafter {
namespace {

struct Direction {
  int x, y;
};

constexpr Direction kDirections[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

constexpr int kInitialHealth[kNumKinds] = {/*player=*/0,   /*cow=*/3,   /*zombie=*/5,
                                           /*skeleton=*/3, /*arrow=*/0,
                                           /*plant=*/1};

int Sign(int value) { return (value > 0) - (value < 0); }

Direction RandomDirection(World* world) { return kDirections[world->state.rng.RandInt(0, 4)]; }

Direction TowardPlayer(const World& world, const Object& object, bool long_axis) {
  const int dx = world.player().x - object.x;
  const int dy = world.player().y - object.y;
  const bool horizontal = long_axis ? std::abs(dx) > std::abs(dy) : std::abs(dx) <= std::abs(dy);
  return horizontal ? Direction{Sign(dx), 0} : Direction{0, Sign(dy)};
}

void Move(World* world, int index, Direction direction) { world->Move(index, direction.x, direction.y); }

void UpdateCow(World* world, int index) {
  if (world->object(index).health <= 0) world->Remove(index);
  if (world->state.rng.Uniform() < 0.5) Move(world, index, RandomDirection(world));
}

void UpdateZombie(World* world, int index) {
  Object& zombie = world->object(index);
  Mt19937& rng = world->state.rng;
  if (zombie.health <= 0) world->Remove(index);
  if (world->DistanceToPlayer(zombie.x, zombie.y) <= 8 && rng.Uniform() < 0.9) {
    Move(world, index, TowardPlayer(*world, zombie, rng.Uniform() < 0.8));
  } else {
    Move(world, index, RandomDirection(world));
  }
  if (world->DistanceToPlayer(zombie.x, zombie.y) > 1) return;
  if (zombie.timer > 0) {
    --zombie.timer;
  } else {
    world->Damage(kPlayerIndex, world->state.player.sleeping ? 7 : 2);
    zombie.timer = 5;
  }
}

void Shoot(World* world, int index, Direction direction) {
  Object& skeleton = world->object(index);
  if (skeleton.timer > 0 || (direction.x == 0 && direction.y == 0)) return;
  const int x = skeleton.x + direction.x;
  const int y = skeleton.y + direction.y;
  if (!world->IsFree(x, y, kFreeFor[kArrow])) return;
  Object& arrow = world->Add(kArrow, x, y);
  arrow.facing_x = static_cast<int8_t>(direction.x);
  arrow.facing_y = static_cast<int8_t>(direction.y);
  skeleton.timer = 4;
}

void UpdateSkeleton(World* world, int index) {
  Object& skeleton = world->object(index);
  Mt19937& rng = world->state.rng;
  if (skeleton.health <= 0) world->Remove(index);
  if (skeleton.timer > 0) --skeleton.timer;
  const int distance = world->DistanceToPlayer(skeleton.x, skeleton.y);
  if (distance <= 3) {
    const Direction toward = TowardPlayer(*world, skeleton, rng.Uniform() < 0.6);
    if (world->Move(index, -toward.x, -toward.y)) return;
  }
  if (distance <= 5 && rng.Uniform() < 0.5) {
    Shoot(world, index, TowardPlayer(*world, skeleton, true));
  } else if (distance <= 8 && rng.Uniform() < 0.3) {
    Move(world, index, TowardPlayer(*world, skeleton, rng.Uniform() < 0.6));
  } else if (rng.Uniform() < 0.2) {
    Move(world, index, RandomDirection(world));
  }
}

void UpdateArrow(World* world, int index) {
  const Object& arrow = world->object(index);
  const int x = arrow.x + arrow.facing_x;
  const int y = arrow.y + arrow.facing_y;
  const int hit = world->ObjectAt(x, y);
  if (hit != 0) {
    world->Damage(hit, 2);
    world->Remove(index);
    return;
  }
  const Material material = world->MaterialAt(x, y);
  if (Has(kFreeFor[kArrow], material)) {
    world->Move(index, arrow.facing_x, arrow.facing_y);
    return;
  }
  world->Remove(index);
  if (material == kTable || material == kFurnace) world->SetMaterial(x, y, kPath);
}

void UpdatePlant(World* world, int index) {
  Object& plant = world->object(index);
  ++plant.timer;
  for (const Direction& direction : kDirections) {
    const int neighbour = world->ObjectAt(plant.x + direction.x, plant.y + direction.y);
    if (neighbour == 0) continue;
    const Kind kind = world->object(neighbour).kind;
    if (kind == kZombie || kind == kSkeleton || kind == kCow) {
      world->Damage(index, 1);
      break;
    }
  }
  if (plant.health <= 0) world->Remove(index);
}

}  // namespace

Object& AddCreature(World* world, Kind kind, int x, int y) {
  Object& object = world->Add(kind, x, y);
  object.health = kInitialHealth[kind];
  return object;
}

void UpdateCreature(World* world, int index) {
  switch (world->object(index).kind) {
    case kCow: return UpdateCow(world, index);
    case kZombie: return UpdateZombie(world, index);
    case kSkeleton: return UpdateSkeleton(world, index);
    case kArrow: return UpdateArrow(world, index);
    case kPlant: return UpdatePlant(world, index);
    default: return;
  }
}

}  // namespace metamem::crafter
