// The game's fixed data: materials, actions, items, achievements, and what can be collected, placed and made.

#ifndef METAMEM_CRAFTER_TABLES_H_
#define METAMEM_CRAFTER_TABLES_H_

#include <cstdint>

namespace metamem::crafter {

enum Material : uint8_t {
  kNoMaterial,  // only outside the map
  kWater,
  kGrass,
  kStone,
  kPath,
  kSand,
  kTree,
  kLava,
  kCoal,
  kIron,
  kDiamond,
  kTable,
  kFurnace,
  kNumMaterials,
};

// Classes of objects. In the semantic map an object's id is kNumMaterials plus its class.
enum Kind : uint8_t { kPlayer, kCow, kZombie, kSkeleton, kArrow, kPlant, kNumKinds };

inline constexpr int kNumSemanticIds = kNumMaterials + kNumKinds;

enum Action : uint8_t {
  kNoop,
  kMoveLeft,
  kMoveRight,
  kMoveUp,
  kMoveDown,
  kDo,
  kSleep,
  kPlaceStone,
  kPlaceTable,
  kPlaceFurnace,
  kPlacePlant,
  kMakeWoodPickaxe,
  kMakeStonePickaxe,
  kMakeIronPickaxe,
  kMakeWoodSword,
  kMakeStoneSword,
  kMakeIronSword,
  kNumActions,
};

// In the order of display.
enum Item : uint8_t {
  kHealth,
  kFood,
  kDrink,
  kEnergy,
  kSapling,
  kWood,
  kStoneItem,
  kCoalItem,
  kIronItem,
  kDiamondItem,
  kWoodPickaxe,
  kStonePickaxe,
  kIronPickaxe,
  kWoodSword,
  kStoneSword,
  kIronSword,
  kNumItems,
};

inline constexpr int kNumVitals = 4;
inline constexpr int kMaxItem = 9;

enum Achievement : uint8_t {
  kCollectCoal,
  kCollectDiamond,
  kCollectDrink,
  kCollectIron,
  kCollectSapling,
  kCollectStone,
  kCollectWood,
  kDefeatSkeleton,
  kDefeatZombie,
  kEatCow,
  kEatPlant,
  kMakeIronPickaxeDone,
  kMakeIronSwordDone,
  kMakeStonePickaxeDone,
  kMakeStoneSwordDone,
  kMakeWoodPickaxeDone,
  kMakeWoodSwordDone,
  kPlaceFurnaceDone,
  kPlacePlantDone,
  kPlaceStoneDone,
  kPlaceTableDone,
  kWakeUp,
  kNumAchievements,
};

// A set of materials or of semantic ids, one bit per id.
using IdSet = uint32_t;

constexpr IdSet SetOf() { return 0; }
template <typename... Rest>
constexpr IdSet SetOf(int id, Rest... rest) {
  return (IdSet{1} << id) | SetOf(rest...);
}
constexpr bool Has(IdSet set, int id) { return (set >> id) & 1; }

inline constexpr IdSet kWalkable = SetOf(kGrass, kPath, kSand);

// Materials that objects of each class may enter.
inline constexpr IdSet kFreeFor[kNumKinds] = {
    /*player=*/kWalkable | SetOf(kLava),
    /*cow=*/kWalkable,
    /*zombie=*/kWalkable,
    /*skeleton=*/kWalkable,
    /*arrow=*/kWalkable | SetOf(kWater, kLava),
    /*plant=*/kWalkable,
};

// What working on a material does. `item` is kNumItems where nothing can be collected.
struct Collect {
  Item item = kNumItems;
  Item required = kNumItems;  // held, not consumed; kNumItems: nothing
  Material leaves = kNoMaterial;
  double probability = 1;
  Achievement achievement = kNumAchievements;
};

// What putting something down needs. Placing a plant adds an object instead of a material.
struct Place {
  Item uses;
  int amount;
  IdSet targets;
  Material material;  // kNoMaterial: a Plant object
  Achievement achievement;
};

struct Make {
  Item item;
  int wood, stone, coal, iron;
  IdSet nearby;
  Achievement achievement;
};

extern const Collect kCollect[kNumMaterials];
extern const Place kPlace[kMakeWoodPickaxe - kPlaceStone];  // by action, from kPlaceStone
extern const Make kMake[kNumActions - kMakeWoodPickaxe];    // by action, from kMakeWoodPickaxe

// Lower-case names as the observation text prints them.
extern const char* const kSemanticNames[kNumSemanticIds];
extern const char* const kItemNames[kNumItems];
extern const char* const kAchievementNames[kNumAchievements];

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_TABLES_H_
