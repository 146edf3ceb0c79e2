// An image for platforms without MappedImage: a copy of the library file of its own, opened by the dynamic linker.

#ifndef METAMEM_NETHACK_HOST_COPIED_IMAGE_H_
#define METAMEM_NETHACK_HOST_COPIED_IMAGE_H_

#include <memory>
#include <string>

#include "nethack/host/library_image.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

class CopiedImage : public LibraryImage {
 public:
  CopiedImage(std::shared_ptr<const SharedFile> library, const char* entry_symbol)
      : library_(std::move(library)), entry_symbol_(entry_symbol) {}
  ~CopiedImage() override;

  const void* Restore(std::string* problem) override;

 private:
  void Unload();

  std::shared_ptr<const SharedFile> library_;
  const char* entry_symbol_;
  void* handle_ = nullptr;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_COPIED_IMAGE_H_
