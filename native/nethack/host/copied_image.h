// An image for platforms without MappedImage: a copy of the library file of its own, opened by the dynamic linker.

#ifndef METAMEM_NETHACK_HOST_COPIED_IMAGE_H_
#define METAMEM_NETHACK_HOST_COPIED_IMAGE_H_

#include <memory>
#include <string>

#include "nethack/host/game_image.h"
#include "nethack/host/shared_file.h"

namespace metamem::nethack {

class CopiedImage : public GameImage {
 public:
  explicit CopiedImage(std::shared_ptr<const SharedFile> library) : library_(std::move(library)) {}
  ~CopiedImage() override;

  const GameApi* Restore(std::string* problem) override;

 private:
  void Unload();

  std::shared_ptr<const SharedFile> library_;
  void* handle_ = nullptr;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_COPIED_IMAGE_H_
