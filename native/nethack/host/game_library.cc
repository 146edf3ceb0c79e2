#include "nethack/host/game_library.h"

#include "nethack/host/data_file.h"
#include "nethack/shared/game_abi.h"

namespace metamem::nethack {

std::shared_ptr<const GameLibrary> GameLibrary::Open(const std::string& library_path, const std::string& data_path,
                                                     Loader loader, GameError* error) {
  std::string problem;
  std::shared_ptr<GameLibrary> library(new GameLibrary);
  library->images_ = ImageLibrary::Open(library_path, kApiSymbol, loader, &problem);
  if (library->images_ == nullptr) {
    *error = Error(ErrorCode::kLibrary, "cannot open the game library " + problem);
    return nullptr;
  }
  library->data_file_ = SharedFile::Open(data_path, &problem);
  if (library->data_file_ == nullptr) {
    *error = Error(ErrorCode::kDataFile, "cannot open the game's data file " + problem);
    return nullptr;
  }
  problem = DataFileProblem(library->data_file_->data(), library->data_file_->bytes());
  if (!problem.empty()) {
    *error = Error(ErrorCode::kDataFile, "the game's data file " + data_path + " cannot be used: " + problem);
    return nullptr;
  }
  return library;
}

}  // namespace metamem::nethack
