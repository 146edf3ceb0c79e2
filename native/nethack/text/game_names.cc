#include "nethack/text/game_names.h"

#include <memory>

#include "nethack/shared/game_abi.h"

namespace metamem::nethack {

bool ReadGameNames(const GameLibrary& library, GameNames* names, GameError* error) {
  std::string problem;
  const std::unique_ptr<LibraryImage> image = library.NewImage(&problem);
  const GameApi* api = image == nullptr ? nullptr : static_cast<const GameApi*>(image->Restore(&problem));
  if (api == nullptr) {
    *error = Error(ErrorCode::kMemory, "the NetHack library cannot be loaded: " + problem);
    return false;
  }
  if (api->abi_version != kAbiVersion) {
    *error = Error(ErrorCode::kLibrary, "the NetHack library was built for another version of this program");
    return false;
  }
  const GameNameTables& tables = *api->names;
  const auto text = [](const char* name) { return name == nullptr ? std::string() : std::string(name); };
  for (int32_t i = 0; i < tables.monsters; ++i) names->monsters.push_back(text(tables.monster_name(i)));
  for (int32_t i = 0; i < tables.objects; ++i) {
    names->objects.push_back({static_cast<uint8_t>(tables.object_class(i)), text(tables.object_name(i)),
                              text(tables.object_description(i))});
  }
  return true;
}

}  // namespace metamem::nethack
