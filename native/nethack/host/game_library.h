// The built game: its code and its data file, opened once for all games.

#ifndef METAMEM_NETHACK_HOST_GAME_LIBRARY_H_
#define METAMEM_NETHACK_HOST_GAME_LIBRARY_H_

#include <memory>
#include <string>

#include "nethack/host/error.h"
#include "nethack/host/image_library.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

class GameLibrary {
 public:
  using Loader = ImageLibrary::Loader;

  // Null with `*error` set when a file is missing, damaged or of another version.
  static std::shared_ptr<const GameLibrary> Open(const std::string& library_path, const std::string& data_path,
                                                 Loader loader, GameError* error);

  const SharedFile& data_file() const { return *data_file_; }

  // Null, with the reason in `*problem`.
  std::unique_ptr<LibraryImage> NewImage(std::string* problem) const { return images_->NewImage(problem); }

 private:
  GameLibrary() = default;

  std::shared_ptr<const ImageLibrary> images_;
  std::shared_ptr<const SharedFile> data_file_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_GAME_LIBRARY_H_
