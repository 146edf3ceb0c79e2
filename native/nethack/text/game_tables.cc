// Part of the game library: gives the host the names in the game's own tables.

#include "nethack/game/nethack_headers.h"
#include "nethack/shared/game_abi.h"

namespace metamem::nethack {

namespace {

const char* MonsterName(int32_t monster) { return mons[monster].mname; }
const char* ObjectName(int32_t object) { return obj_descr[object].oc_name; }
const char* ObjectDescription(int32_t object) { return obj_descr[object].oc_descr; }
int32_t ObjectClass(int32_t object) { return objects[object].oc_class; }

}  // namespace

extern const GameNameTables kGameNameTables;
constexpr GameNameTables kGameNameTables = {NUMMONS,    NUM_OBJECTS,       MonsterName,
                                            ObjectName, ObjectDescription, ObjectClass};

}  // namespace metamem::nethack
