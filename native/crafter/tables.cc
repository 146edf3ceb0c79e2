#include "crafter/tables.h"

namespace metamem::crafter {

const Collect kCollect[kNumMaterials] = {
    /*none=*/{},
    /*water=*/{kDrink, kNumItems, kWater, 1, kCollectDrink},
    /*grass=*/{kSapling, kNumItems, kGrass, 0.1, kCollectSapling},
    /*stone=*/{kStoneItem, kWoodPickaxe, kPath, 1, kCollectStone},
    /*path=*/{},
    /*sand=*/{},
    /*tree=*/{kWood, kNumItems, kGrass, 1, kCollectWood},
    /*lava=*/{},
    /*coal=*/{kCoalItem, kWoodPickaxe, kPath, 1, kCollectCoal},
    /*iron=*/{kIronItem, kStonePickaxe, kPath, 1, kCollectIron},
    /*diamond=*/{kDiamondItem, kIronPickaxe, kPath, 1, kCollectDiamond},
    /*table=*/{},
    /*furnace=*/{},
};

const Place kPlace[] = {
    {kStoneItem, 1, SetOf(kGrass, kSand, kPath, kWater, kLava), kStone, kPlaceStoneDone},
    {kWood, 2, SetOf(kGrass, kSand, kPath), kTable, kPlaceTableDone},
    {kStoneItem, 4, SetOf(kGrass, kSand, kPath), kFurnace, kPlaceFurnaceDone},
    {kSapling, 1, SetOf(kGrass), kNoMaterial, kPlacePlantDone},
};

const Make kMake[] = {
    {kWoodPickaxe, 1, 0, 0, 0, SetOf(kTable), kMakeWoodPickaxeDone},
    {kStonePickaxe, 1, 1, 0, 0, SetOf(kTable), kMakeStonePickaxeDone},
    {kIronPickaxe, 1, 0, 1, 1, SetOf(kTable, kFurnace), kMakeIronPickaxeDone},
    {kWoodSword, 1, 0, 0, 0, SetOf(kTable), kMakeWoodSwordDone},
    {kStoneSword, 1, 1, 0, 0, SetOf(kTable), kMakeStoneSwordDone},
    {kIronSword, 1, 0, 1, 1, SetOf(kTable, kFurnace), kMakeIronSwordDone},
};

const char* const kSemanticNames[kNumSemanticIds] = {
    "None",    "water", "grass",   "stone",  "path", "sand",   "tree",     "lava",  "coal",  "iron",
    "diamond", "table", "furnace", "player", "cow",  "zombie", "skeleton", "arrow", "plant",
};

const char* const kItemNames[kNumItems] = {
    "health", "food",    "drink",        "energy",        "sapling",      "wood",       "stone",       "coal",
    "iron",   "diamond", "wood_pickaxe", "stone_pickaxe", "iron_pickaxe", "wood_sword", "stone_sword", "iron_sword",
};

const char* const kAchievementNames[kNumAchievements] = {
    "collect_coal",      "collect_diamond",   "collect_drink",   "collect_iron",       "collect_sapling",
    "collect_stone",     "collect_wood",      "defeat_skeleton", "defeat_zombie",      "eat_cow",
    "eat_plant",         "make_iron_pickaxe", "make_iron_sword", "make_stone_pickaxe", "make_stone_sword",
    "make_wood_pickaxe", "make_wood_sword",   "place_furnace",   "place_plant",        "place_stone",
    "place_table",       "wake_up",
};

}  // namespace metamem::crafter
