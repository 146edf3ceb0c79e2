// An image mapped by hand: the code of one library file, mapped again for every image, with data of its own.

#ifndef METAMEM_NETHACK_HOST_MAPPED_IMAGE_H_
#define METAMEM_NETHACK_HOST_MAPPED_IMAGE_H_

#include <memory>
#include <string>

#include "nethack/host/elf_file.h"
#include "nethack/host/library_image.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

// What all images of one library have in common.
struct MappedLibrary {
  std::shared_ptr<const SharedFile> file;
  ElfFile elf;
};

class MappedImage : public LibraryImage {
 public:
  // Null, with the reason in `*problem`, when the system gives no more memory or mappings.
  static std::unique_ptr<MappedImage> Map(std::shared_ptr<const MappedLibrary> library, std::string* problem);

  ~MappedImage() override;
  const void* Restore(std::string* problem) override;

 private:
  MappedImage(std::shared_ptr<const MappedLibrary> library, uint8_t* base)
      : library_(std::move(library)), base_(base) {}

  std::shared_ptr<const MappedLibrary> library_;
  uint8_t* base_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_MAPPED_IMAGE_H_
