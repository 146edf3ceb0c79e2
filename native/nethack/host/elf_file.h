// The parts of an ELF shared object that mapping it by hand takes.

#ifndef METAMEM_NETHACK_HOST_ELF_FILE_H_
#define METAMEM_NETHACK_HOST_ELF_FILE_H_

#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>

#include <string>
#include <vector>

namespace metamem::nethack {

// A part of the file that is mapped read-only, shared by all images. Page-aligned.
struct ReadOnlySegment {
  size_t file_offset;
  size_t address;
  size_t bytes;
  int protection;
};

// A word of the data that depends on where the image lies: base + addend is stored at the offset.
struct RelativeWord {
  size_t offset;  // from the start of the writable segment
  uintptr_t addend;
};

// A word that holds an address outside the image, the same for all images.
struct BoundWord {
  size_t offset;  // from the start of the writable segment
  uintptr_t value;
};

// A shared object made for this: one writable segment, no thread-local data, nothing to run before use, and
// only functions imported that touch nothing but their arguments.
class ElfFile {
 public:
  // `entry_symbol` is the one exported function. False, with the reason in `*problem`, when the object is not of that kind.
  bool Read(const uint8_t* file, size_t bytes, const char* entry_symbol, std::string* problem);

  const std::vector<ReadOnlySegment>& read_only() const { return read_only_; }
  size_t image_bytes() const { return image_bytes_; }

  // The writable segment: page-aligned address range, and its initial content from the start of that range.
  size_t data_address() const { return data_address_; }
  size_t data_bytes() const { return data_bytes_; }
  const std::vector<uint8_t>& initial_data() const { return initial_data_; }
  const std::vector<RelativeWord>& relative_words() const { return relative_words_; }

  // Address of the one exported function, relative to the image.
  size_t entry() const { return entry_; }

 private:
  bool Fail(const std::string& reason);
  template <typename T>
  const T* At(size_t offset, size_t count = 1) const;
  const uint8_t* AtAddress(size_t address, size_t bytes) const;

  bool ReadSegments();
  bool TakeDataSegment(const ElfW(Phdr) & header);
  bool ReadDynamic();
  bool ReadRelocations(size_t address, size_t bytes);
  bool ReadPackedRelocations(size_t address, size_t bytes);
  bool Relocate(size_t address, unsigned type, size_t symbol, uintptr_t addend);
  bool AddRelative(size_t address, uintptr_t addend);
  bool Bind(size_t address, size_t symbol);
  bool FindEntry(size_t symbol_count);

  const uint8_t* file_ = nullptr;
  size_t file_bytes_ = 0;
  const char* entry_symbol_ = nullptr;
  std::string* problem_ = nullptr;

  std::vector<ReadOnlySegment> read_only_;
  size_t image_bytes_ = 0;
  size_t data_address_ = 0;
  size_t data_bytes_ = 0;
  std::vector<uint8_t> initial_data_;
  std::vector<RelativeWord> relative_words_;
  size_t entry_ = 0;

  size_t symbols_ = 0;  // addresses within the image
  size_t strings_ = 0;
  size_t strings_bytes_ = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_ELF_FILE_H_
