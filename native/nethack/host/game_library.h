// The built game: its code and its data file, opened once for all games.

#ifndef METAMEM_NETHACK_HOST_GAME_LIBRARY_H_
#define METAMEM_NETHACK_HOST_GAME_LIBRARY_H_

#include <memory>
#include <string>

#include "nethack/host/error.h"
#include "nethack/host/game_image.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

struct MappedLibrary;

class GameLibrary {
 public:
  // How images are made. Mapping by hand shares the code of all games and resets fast; it needs ELF and Linux.
  enum class Loader { kBest, kCopies };

  // Null with `*error` set when a file is missing, damaged or of another version.
  static std::shared_ptr<const GameLibrary> Open(const std::string& library_path, const std::string& data_path,
                                                 Loader loader, GameError* error);

  const SharedFile& data_file() const { return *data_file_; }

  // Null, with the reason in `*problem`.
  std::unique_ptr<GameImage> NewImage(std::string* problem) const;

 private:
  GameLibrary() = default;

  std::shared_ptr<const SharedFile> library_file_;
  std::shared_ptr<const SharedFile> data_file_;
  std::shared_ptr<const MappedLibrary> mapped_;  // null: images are copies
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_GAME_LIBRARY_H_
