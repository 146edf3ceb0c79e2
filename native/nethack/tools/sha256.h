// SHA-256, for comparing observations with recordings.

#ifndef METAMEM_NETHACK_TOOLS_SHA256_H_
#define METAMEM_NETHACK_TOOLS_SHA256_H_

#include <stddef.h>
#include <stdint.h>

#include <string>

namespace metamem::nethack {

class Sha256 {
 public:
  void Update(const void* data, size_t bytes);
  // The digest of everything so far in hexadecimal; more may follow.
  std::string Hex() const;

 private:
  void Compress(const uint8_t* block);

  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t buffer_[64] = {};
  uint64_t total_ = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TOOLS_SHA256_H_
