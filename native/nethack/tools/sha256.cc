#include "nethack/tools/sha256.h"

#include <stdio.h>
#include <string.h>

namespace metamem::nethack {
namespace {

constexpr uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

uint32_t Rotated(uint32_t value, int bits) { return value >> bits | value << (32 - bits); }

}  // namespace

void Sha256::Compress(const uint8_t* block) {
  uint32_t words[64];
  for (int i = 0; i < 16; ++i) {
    words[i] = static_cast<uint32_t>(block[4 * i]) << 24 | static_cast<uint32_t>(block[4 * i + 1]) << 16 |
               static_cast<uint32_t>(block[4 * i + 2]) << 8 | block[4 * i + 3];
  }
  for (int i = 16; i < 64; ++i) {
    const uint32_t near = Rotated(words[i - 15], 7) ^ Rotated(words[i - 15], 18) ^ words[i - 15] >> 3;
    const uint32_t far = Rotated(words[i - 2], 17) ^ Rotated(words[i - 2], 19) ^ words[i - 2] >> 10;
    words[i] = words[i - 16] + near + words[i - 7] + far;
  }
  uint32_t s[8];
  memcpy(s, state_, sizeof s);
  for (int i = 0; i < 64; ++i) {
    const uint32_t mixed_e = Rotated(s[4], 6) ^ Rotated(s[4], 11) ^ Rotated(s[4], 25);
    const uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    const uint32_t first = s[7] + mixed_e + choice + kRound[i] + words[i];
    const uint32_t mixed_a = Rotated(s[0], 2) ^ Rotated(s[0], 13) ^ Rotated(s[0], 22);
    const uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += first;
    s[0] = first + mixed_a + majority;
  }
  for (int i = 0; i < 8; ++i) state_[i] += s[i];
}

void Sha256::Update(const void* data, size_t bytes) {
  const auto* next = static_cast<const uint8_t*>(data);
  while (bytes > 0) {
    const size_t used = total_ % sizeof buffer_;
    const size_t part = bytes < sizeof buffer_ - used ? bytes : sizeof buffer_ - used;
    memcpy(buffer_ + used, next, part);
    next += part;
    bytes -= part;
    total_ += part;
    if (total_ % sizeof buffer_ == 0) Compress(buffer_);
  }
}

std::string Sha256::Hex() const {
  Sha256 rest = *this;
  const uint64_t bits = total_ * 8;
  const uint8_t one = 0x80;
  const uint8_t zero = 0;
  rest.Update(&one, 1);
  while (rest.total_ % sizeof buffer_ != 56) rest.Update(&zero, 1);
  uint8_t length[8];
  for (int i = 0; i < 8; ++i) length[i] = static_cast<uint8_t>(bits >> (56 - 8 * i));
  rest.Update(length, sizeof length);
  std::string hex;
  for (uint32_t word : rest.state_) {
    char text[9];
    snprintf(text, sizeof text, "%08x", word);
    hex += text;
  }
  return hex;
}

}  // namespace metamem::nethack
