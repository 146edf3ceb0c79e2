// A file's bytes in memory that all games of the process share.

#ifndef METAMEM_NETHACK_HOST_SHARED_FILE_H_
#define METAMEM_NETHACK_HOST_SHARED_FILE_H_

#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <string>

namespace metamem::nethack {

class SharedFile {
 public:
  // Null, with the reason in `*problem`, when the file cannot be mapped.
  static std::shared_ptr<const SharedFile> Open(const std::string& path, std::string* problem);

  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  const uint8_t* data() const { return data_; }
  size_t bytes() const { return bytes_; }
  // Stays open as long as this object, so that parts of the file can be mapped again.
  int descriptor() const { return descriptor_; }

 private:
  SharedFile(const uint8_t* data, size_t bytes, int descriptor)
      : data_(data), bytes_(bytes), descriptor_(descriptor) {}

  const uint8_t* data_;
  size_t bytes_;
  int descriptor_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_SHARED_FILE_H_
