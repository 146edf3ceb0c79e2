#include "nethack/host/copied_image.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <vector>

namespace metamem::nethack {
namespace {

std::vector<char> TemporaryName() {
  const char* folder = getenv("TMPDIR");
  const std::string name = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/metamem-game-XXXXXX";
  return std::vector<char>(name.c_str(), name.c_str() + name.size() + 1);
}

bool WriteAll(int descriptor, const uint8_t* data, size_t bytes) {
  while (bytes > 0) {
    const ssize_t written = write(descriptor, data, bytes);
    if (written <= 0) return false;
    data += written;
    bytes -= static_cast<size_t>(written);
  }
  return true;
}

}  // namespace

CopiedImage::~CopiedImage() { Unload(); }

void CopiedImage::Unload() {
  if (handle_ != nullptr) dlclose(handle_);
  handle_ = nullptr;
}

const void* CopiedImage::Restore(std::string* problem) {
  Unload();
  std::vector<char> name = TemporaryName();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) {
    *problem = std::string(name.data()) + ": " + strerror(errno);
    return nullptr;
  }
  const bool written = WriteAll(descriptor, library_->data(), library_->bytes());
  close(descriptor);
  if (written) handle_ = dlopen(name.data(), RTLD_NOW | RTLD_LOCAL);
  const char* reason = written ? dlerror() : strerror(errno);
  unlink(name.data());
  if (handle_ == nullptr) {
    *problem = reason == nullptr ? "unknown" : reason;
    return nullptr;
  }
  const auto function = reinterpret_cast<ImageEntry>(dlsym(handle_, entry_symbol_));
  if (function == nullptr) {
    *problem = std::string("it does not export ") + entry_symbol_;
    return nullptr;
  }
  return function();
}

}  // namespace metamem::nethack
