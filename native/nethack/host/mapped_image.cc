#include "nethack/host/mapped_image.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

namespace metamem::nethack {

std::unique_ptr<MappedImage> MappedImage::Map(std::shared_ptr<const MappedLibrary> library, std::string* problem) {
  const ElfFile& elf = library->elf;
  void* reserved =
      mmap(nullptr, elf.image_bytes(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED) {
    *problem = strerror(errno);
    return nullptr;
  }
  uint8_t* base = static_cast<uint8_t*>(reserved);
  bool mapped = mprotect(base + elf.data_address(), elf.data_bytes(), PROT_READ | PROT_WRITE) == 0;
  for (const ReadOnlySegment& segment : elf.read_only()) {
    mapped = mapped && mmap(base + segment.address, segment.bytes, segment.protection, MAP_PRIVATE | MAP_FIXED,
                            library->file->descriptor(), static_cast<off_t>(segment.file_offset)) != MAP_FAILED;
  }
  if (!mapped) {
    *problem = strerror(errno);
    munmap(base, elf.image_bytes());
    return nullptr;
  }
  return std::unique_ptr<MappedImage>(new MappedImage(std::move(library), base));
}

MappedImage::~MappedImage() { munmap(base_, library_->elf.image_bytes()); }

const void* MappedImage::Restore(std::string*) {
  const ElfFile& elf = library_->elf;
  const auto& initial = elf.initial_data();
  uint8_t* data = base_ + elf.data_address();
  memcpy(data, initial.data(), initial.size());
  memset(data + initial.size(), 0, elf.data_bytes() - initial.size());
  const uintptr_t base = reinterpret_cast<uintptr_t>(base_);
  for (const RelativeWord& word : elf.relative_words()) {
    const uintptr_t value = base + word.addend;
    memcpy(data + word.offset, &value, sizeof value);
  }
  return reinterpret_cast<ImageEntry>(base_ + elf.entry())();
}

}  // namespace metamem::nethack
