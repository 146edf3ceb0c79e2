#include "nethack/host/game_library.h"

#include "nethack/host/copied_image.h"
#include "nethack/host/data_file.h"
#if defined(__linux__)
#include "nethack/host/mapped_image.h"
#endif

namespace metamem::nethack {

#if !defined(__linux__)
struct MappedLibrary {};
#endif

std::shared_ptr<const GameLibrary> GameLibrary::Open(const std::string& library_path, const std::string& data_path,
                                                     Loader loader, GameError* error) {
  std::string problem;
  std::shared_ptr<GameLibrary> library(new GameLibrary);
  library->library_file_ = SharedFile::Open(library_path, &problem);
  if (library->library_file_ == nullptr) {
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
#if defined(__linux__)
  if (loader == Loader::kBest) {
    auto mapped = std::make_shared<MappedLibrary>();
    mapped->file = library->library_file_;
    if (!mapped->elf.Read(mapped->file->data(), mapped->file->bytes(), &problem)) {
      *error = Error(ErrorCode::kLibrary, "the game library " + library_path + " cannot be used: " + problem);
      return nullptr;
    }
    library->mapped_ = std::move(mapped);
  }
#else
  static_cast<void>(loader);
#endif
  return library;
}

std::unique_ptr<GameImage> GameLibrary::NewImage(std::string* problem) const {
#if defined(__linux__)
  if (mapped_ != nullptr) return MappedImage::Map(mapped_, problem);
#endif
  static_cast<void>(problem);
  return std::make_unique<CopiedImage>(library_file_);
}

}  // namespace metamem::nethack
