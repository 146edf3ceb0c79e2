#include "crafter/mt19937.h"

#include <cstring>

#include "crafter/crc32.h"
#include "crafter/mt19937_block.h"

namespace metamem::crafter {

void Mt19937::Seed(uint32_t seed) {
  words[0] = seed;
  for (uint32_t i = 1; i < kWords; ++i) {
    words[i] = 1812433253u * (words[i - 1] ^ (words[i - 1] >> 30)) + i;
  }
  position = kWords;
}

int32_t Mt19937::RandInt(int32_t low, int32_t high) {
  const uint32_t range = static_cast<uint32_t>(high - 1 - low);
  if (range == 0) return low;
  uint32_t mask = range;
  for (int shift = 1; shift <= 16; shift <<= 1) mask |= mask >> shift;
  uint32_t value;
  do {
    value = Next() & mask;
  } while (value > range);
  return low + static_cast<int32_t>(value);
}

void Mt19937::Skip(uint64_t outputs) {
  const uint64_t left = kWords - position;
  if (outputs <= left) {
    position += static_cast<uint32_t>(outputs);
    return;
  }
  outputs -= left;
  const uint64_t blocks = (outputs + kWords - 1) / kWords;
  RegenerateBlocks(words, blocks);
  position = static_cast<uint32_t>(outputs - (blocks - 1) * kWords);
}

uint32_t Mt19937::Fingerprint() const {
  unsigned char bytes[(kWords + 1) * 4];
  for (int i = 0; i <= kWords; ++i) {
    const uint32_t word = i < kWords ? words[i] : position;
    for (int b = 0; b < 4; ++b) bytes[4 * i + b] = static_cast<unsigned char>(word >> (8 * b));
  }
  return Crc32(bytes, sizeof(bytes));
}

void Mt19937::Regenerate() {
  RegenerateBlocks(words, 1);
  position = 0;
}

}  // namespace metamem::crafter
