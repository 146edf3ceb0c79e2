#include "nethack/game/status_window.h"

#include "nethack/game/nethack_headers.h"

namespace metamem::nethack {

int64_t g_status_fields[kStatusFields];

namespace {

constexpr int kLargestShown = 9999;

int AtMost(int value, int limit) { return value < limit ? value : limit; }

void ReadAttributes(int64_t* fields) {
  fields[kStatusStrength] = ACURRSTR;
  fields[kStatusStrengthPercentage] = ACURR(A_STR);
  fields[kStatusDexterity] = ACURR(A_DEX);
  fields[kStatusConstitution] = ACURR(A_CON);
  fields[kStatusIntelligence] = ACURR(A_INT);
  fields[kStatusWisdom] = ACURR(A_WIS);
  fields[kStatusCharisma] = ACURR(A_CHA);
}

void ReadAll() {
  int64_t* fields = g_status_fields;
  const int hit_points = Upolyd ? u.mh : u.uhp;
  fields[kStatusX] = u.ux - 1;
  fields[kStatusY] = u.uy;
  ReadAttributes(fields);
  fields[kStatusScore] = botl_score();
  fields[kStatusHitPoints] = hit_points < 0 ? 0 : AtMost(hit_points, kLargestShown);
  fields[kStatusMaxHitPoints] = AtMost(Upolyd ? u.mhmax : u.uhpmax, kLargestShown);
  fields[kStatusDepth] = depth(&u.uz);
  fields[kStatusGold] = money_cnt(invent);
  fields[kStatusEnergy] = AtMost(u.uen, kLargestShown);
  fields[kStatusMaxEnergy] = AtMost(u.uenmax, kLargestShown);
  fields[kStatusArmorClass] = u.uac;
  fields[kStatusMonsterLevel] = Upolyd ? mons[u.umonnum].mlevel : 0;
  fields[kStatusExperienceLevel] = u.ulevel;
  fields[kStatusExperiencePoints] = u.uexp;
  fields[kStatusTurn] = moves;
  fields[kStatusHunger] = u.uhs;
  fields[kStatusEncumbrance] = near_capacity();
  fields[kStatusDungeon] = u.uz.dnum;
  fields[kStatusLevel] = u.uz.dlevel;
  fields[kStatusAlignment] = u.ualign.type;
}

}  // namespace

void UpdateStatus(int field, void* value) {
  if (field == BL_FLUSH || field == BL_RESET) {
    ReadAll();
  } else if (field == BL_CONDITION) {
    g_status_fields[kStatusConditions] = *static_cast<long*>(value);
  }
}

void UpdatePositionAndTurn() {
  if (u.dz != 0) return;
  g_status_fields[kStatusX] = u.ux - 1;
  g_status_fields[kStatusY] = u.uy;
  g_status_fields[kStatusTurn] = moves;
}

}  // namespace metamem::nethack
