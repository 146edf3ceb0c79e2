#include "nethack/host/shared_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace metamem::nethack {

std::shared_ptr<const SharedFile> SharedFile::Open(const std::string& path, std::string* problem) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) {
    *problem = path + ": " + strerror(errno);
    if (descriptor >= 0) close(descriptor);
    return nullptr;
  }
  const size_t bytes = static_cast<size_t>(status.st_size);
  void* data = bytes == 0 ? MAP_FAILED : mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (data == MAP_FAILED) {
    *problem = path + ": " + (bytes == 0 ? "empty file" : strerror(errno));
    close(descriptor);
    return nullptr;
  }
  return std::shared_ptr<const SharedFile>(new SharedFile(static_cast<const uint8_t*>(data), bytes, descriptor));
}

SharedFile::~SharedFile() {
  munmap(const_cast<uint8_t*>(data_), bytes_);
  close(descriptor_);
}

}  // namespace metamem::nethack
