#include "nethack/host/image_library.h"

#include "nethack/host/copied_image.h"
#if defined(__linux__)
#include "nethack/host/mapped_image.h"
#endif

namespace metamem::nethack {

#if !defined(__linux__)
struct MappedLibrary {};
#endif

std::shared_ptr<const ImageLibrary> ImageLibrary::Open(const std::string& path, const char* entry_symbol, Loader loader,
                                                       std::string* problem) {
  std::shared_ptr<ImageLibrary> library(new ImageLibrary);
  library->entry_symbol_ = entry_symbol;
  library->file_ = SharedFile::Open(path, problem);
  if (library->file_ == nullptr) return nullptr;
#if defined(__linux__)
  if (loader == Loader::kBest) {
    auto mapped = std::make_shared<MappedLibrary>();
    mapped->file = library->file_;
    if (!mapped->elf.Read(mapped->file->data(), mapped->file->bytes(), entry_symbol, problem)) {
      *problem = path + ": " + *problem;
      return nullptr;
    }
    library->mapped_ = std::move(mapped);
  }
#else
  static_cast<void>(loader);
#endif
  return library;
}

std::unique_ptr<LibraryImage> ImageLibrary::NewImage(std::string* problem) const {
#if defined(__linux__)
  if (mapped_ != nullptr) return MappedImage::Map(mapped_, problem);
#endif
  static_cast<void>(problem);
  return std::make_unique<CopiedImage>(file_, entry_symbol_);
}

}  // namespace metamem::nethack
