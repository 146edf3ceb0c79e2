// A library made to be loaded many times at once, opened once for all its images.

#ifndef METAMEM_NETHACK_HOST_IMAGE_LIBRARY_H_
#define METAMEM_NETHACK_HOST_IMAGE_LIBRARY_H_

#include <memory>
#include <string>

#include "nethack/host/library_image.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

struct MappedLibrary;

class ImageLibrary {
 public:
  // How images are made. Mapping by hand shares the code of all images and restores fast; it needs ELF and Linux.
  enum class Loader { kBest, kCopies };

  // `entry_symbol`, the one function the library exports, outlives this. Null, with the reason in `*problem`, when the
  // file is missing, damaged or of another kind.
  static std::shared_ptr<const ImageLibrary> Open(const std::string& path, const char* entry_symbol, Loader loader,
                                                  std::string* problem);

  // Null, with the reason in `*problem`.
  std::unique_ptr<LibraryImage> NewImage(std::string* problem) const;

 private:
  ImageLibrary() = default;

  std::shared_ptr<const SharedFile> file_;
  const char* entry_symbol_ = nullptr;
  std::shared_ptr<const MappedLibrary> mapped_;  // null: images are copies
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_IMAGE_LIBRARY_H_
