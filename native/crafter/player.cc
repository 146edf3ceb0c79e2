#include "crafter/player.h"

#include <algorithm>

#include "crafter/creatures.h"
#include "crafter/python_semantics.h"

namespace metamem::crafter {
namespace {

constexpr int kFullEnergy = 9;

struct Target {
  int x, y;
  Material material;
  int object;
};

int Damage(const PlayerState& player) {
  if (player.items[kIronSword]) return 5;
  if (player.items[kStoneSword]) return 3;
  if (player.items[kWoodSword]) return 2;
  return 1;
}

void MovePlayer(World* world, int dx, int dy) {
  Object& player = world->player();
  player.facing_x = static_cast<int8_t>(dx);
  player.facing_y = static_cast<int8_t>(dy);
  world->Move(kPlayerIndex, dx, dy);
  if (world->MaterialAt(player.x, player.y) == kLava) world->state.player.items[kHealth] = 0;
}

void WorkOnObject(World* world, int index) {
  PlayerState& player = world->state.player;
  Object& object = world->object(index);
  switch (object.kind) {
    case kPlant:
      if (object.timer > kRipeAge) {
        object.timer = 0;
        player.items[kFood] += 4;
        ++player.achievements[kEatPlant];
      }
      break;
    case kZombie:
    case kSkeleton:
      world->Damage(index, Damage(player));
      if (object.health <= 0) ++player.achievements[object.kind == kZombie ? kDefeatZombie : kDefeatSkeleton];
      break;
    case kCow:
      world->Damage(index, Damage(player));
      if (object.health <= 0) {
        player.items[kFood] += 6;
        ++player.achievements[kEatCow];
        player.hunger = 0;
      }
      break;
    default: break;
  }
}

void WorkOnMaterial(World* world, const Target& target) {
  PlayerState& player = world->state.player;
  if (target.material == kWater) player.thirst = 0;
  const Collect& collect = kCollect[target.material];
  if (collect.item == kNumItems) return;
  if (collect.required != kNumItems && player.items[collect.required] < 1) return;
  world->SetMaterial(target.x, target.y, collect.leaves);
  // Drawn for certain things too.
  if (world->state.rng.Uniform() > collect.probability) return;
  ++player.items[collect.item];
  ++player.achievements[collect.achievement];
}

void PutDown(World* world, const Place& place, const Target& target) {
  PlayerState& player = world->state.player;
  if (target.object != 0 || !Has(place.targets, target.material) || player.items[place.uses] < place.amount) return;
  player.items[place.uses] = static_cast<int16_t>(player.items[place.uses] - place.amount);
  if (place.material == kNoMaterial) {
    AddCreature(world, kPlant, target.x, target.y);
  } else {
    world->SetMaterial(target.x, target.y, place.material);
  }
  ++player.achievements[place.achievement];
}

// Materials around the player. At the map's west and north edges the reference sees nothing: its slice starts at -1.
IdSet Nearby(const World& world) {
  const Object& player = world.player();
  const Slice xs = Slice::Of(player.x - 1, player.x + 2, world.config().area_x);
  const Slice ys = Slice::Of(player.y - 1, player.y + 2, world.config().area_y);
  IdSet found = 0;
  for (int x = xs.begin; x < xs.end; ++x) {
    for (int y = ys.begin; y < ys.end; ++y) found |= SetOf(world.MaterialAt(x, y));
  }
  return found;
}

void Craft(World* world, const Make& make) {
  PlayerState& player = world->state.player;
  if ((Nearby(*world) & make.nearby) != make.nearby) return;
  int16_t* items = player.items;
  if (items[kWood] < make.wood || items[kStoneItem] < make.stone || items[kCoalItem] < make.coal ||
      items[kIronItem] < make.iron) {
    return;
  }
  items[kWood] = static_cast<int16_t>(items[kWood] - make.wood);
  items[kStoneItem] = static_cast<int16_t>(items[kStoneItem] - make.stone);
  items[kCoalItem] = static_cast<int16_t>(items[kCoalItem] - make.coal);
  items[kIronItem] = static_cast<int16_t>(items[kIronItem] - make.iron);
  ++items[make.item];
  ++player.achievements[make.achievement];
}

void Act(World* world, Action action, const Target& target) {
  PlayerState& player = world->state.player;
  switch (action) {
    case kNoop: return;
    case kMoveLeft: return MovePlayer(world, -1, 0);
    case kMoveRight: return MovePlayer(world, 1, 0);
    case kMoveUp: return MovePlayer(world, 0, -1);
    case kMoveDown: return MovePlayer(world, 0, 1);
    case kDo: return target.object != 0 ? WorkOnObject(world, target.object) : WorkOnMaterial(world, target);
    case kSleep:
      if (player.items[kEnergy] < kFullEnergy) player.sleeping = true;
      return;
    default:
      if (action < kMakeWoodPickaxe) return PutDown(world, kPlace[action - kPlaceStone], target);
      return Craft(world, kMake[action - kMakeWoodPickaxe]);
  }
}

// Adds `amount` to a counter; true when it passes the threshold, which empties it.
bool Count(double* counter, double amount, double threshold) {
  *counter += amount;
  if (*counter <= threshold) return false;
  *counter = 0;
  return true;
}

void UpdateNeeds(PlayerState* player) {
  const bool sleeping = player->sleeping;
  int16_t* items = player->items;
  if (Count(&player->hunger, sleeping ? 0.5 : 1, 25)) items[kFood] = std::max<int16_t>(0, items[kFood] - 1);
  if (Count(&player->thirst, sleeping ? 0.5 : 1, 20)) items[kDrink] = std::max<int16_t>(0, items[kDrink] - 1);
  player->fatigue = sleeping ? std::min(player->fatigue - 1, 0.0) : player->fatigue + 1;
  if (player->fatigue < -10) {
    player->fatigue = 0;
    ++items[kEnergy];
  }
  if (player->fatigue > 30) {
    player->fatigue = 0;
    items[kEnergy] = std::max<int16_t>(0, items[kEnergy] - 1);
  }
}

void UpdateHealth(PlayerState* player) {
  const bool sleeping = player->sleeping;
  int16_t* items = player->items;
  const bool content = items[kFood] > 0 && items[kDrink] > 0 && (items[kEnergy] > 0 || sleeping);
  if (content) {
    player->recover += sleeping ? 2 : 1;
  } else {
    player->recover -= sleeping ? 0.5 : 1;
  }
  if (player->recover > 25) {
    player->recover = 0;
    ++items[kHealth];
  }
  if (player->recover < -15) {
    player->recover = 0;
    items[kHealth] = std::max<int16_t>(0, items[kHealth] - 1);
  }
}

}  // namespace

void AddPlayer(World* world) {
  PlayerState& player = world->state.player;
  player = PlayerState{};
  for (int i = 0; i < kNumVitals; ++i) player.items[i] = kMaxItem;
  player.last_health = kMaxItem;
  Object& object = world->Add(kPlayer, world->config().area_x / 2, world->config().area_y / 2);
  object.facing_y = 1;
}

void UpdatePlayer(World* world) {
  PlayerState& player = world->state.player;
  const Object& object = world->player();
  Target target;
  target.x = object.x + object.facing_x;
  target.y = object.y + object.facing_y;
  target.material = world->MaterialAt(target.x, target.y);
  target.object = world->ObjectAt(target.x, target.y);
  Action action = player.action;
  if (player.sleeping) {
    if (player.items[kEnergy] < kFullEnergy) {
      action = kSleep;
    } else {
      player.sleeping = false;
      ++player.achievements[kWakeUp];
    }
  }
  Act(world, action, target);
  UpdateNeeds(&player);
  UpdateHealth(&player);
  for (int16_t& count : player.items) count = std::clamp<int16_t>(count, 0, kMaxItem);
  if (player.items[kHealth] < player.last_health) player.sleeping = false;
  player.last_health = player.items[kHealth];
}

}  // namespace metamem::crafter
