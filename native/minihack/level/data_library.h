// The data library (nhdat) of a MiniHack game, put together in memory: what is the same for all games, and one level.

#ifndef METAMEM_MINIHACK_LEVEL_DATA_LIBRARY_H_
#define METAMEM_MINIHACK_LEVEL_DATA_LIBRARY_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <vector>

namespace metamem::minihack {

// What every MiniHack game reads beside its level: `dungeon`, whose first level is `mylevel`, and `quest.dat`. All
// other data files are absent on purpose (spec/minihack.md section 1.2).
class DataLibraryBase {
 public:
  // Null, with the reason in `*problem`, when the file (minihack.dat, made by the build) is missing or damaged.
  static std::shared_ptr<const DataLibraryBase> Open(const std::string& path, std::string* problem);

  const std::vector<uint8_t>& dungeon() const { return dungeon_; }
  const std::vector<uint8_t>& quest() const { return quest_; }

 private:
  DataLibraryBase() = default;

  std::vector<uint8_t> dungeon_;
  std::vector<uint8_t> quest_;
};

// A complete data library whose members are `dungeon`, `mylevel.lev` and `quest.dat`, byte for byte as upstream's
// packer writes it, for nethack::Game::SetDataFile. Costs one copy of about 120 KB.
std::vector<uint8_t> ComposeDataLibrary(const DataLibraryBase& base, const std::vector<uint8_t>& level_bytes);

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_DATA_LIBRARY_H_
