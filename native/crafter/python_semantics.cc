#include "crafter/python_semantics.h"

#include <algorithm>

namespace metamem::crafter {
namespace {

constexpr uint64_t kPrime1 = 11400714785074694791u;
constexpr uint64_t kPrime2 = 14029467366897019727u;
constexpr uint64_t kPrime5 = 2870177450012600261u;
constexpr int64_t kIntModulus = (int64_t{1} << 61) - 1;

uint64_t AddLane(uint64_t accumulator, int64_t hash) {
  accumulator += static_cast<uint64_t>(hash) * kPrime2;
  accumulator = (accumulator << 31) | (accumulator >> 33);
  return accumulator * kPrime1;
}

}  // namespace

int64_t PythonIntHash(int64_t value) {
  const uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  const int64_t reduced = static_cast<int64_t>(magnitude % static_cast<uint64_t>(kIntModulus));
  const int64_t hash = value < 0 ? -reduced : reduced;
  return hash == -1 ? -2 : hash;
}

int64_t PythonPairHash(int64_t first, int64_t second) {
  uint64_t accumulator = AddLane(AddLane(kPrime5, PythonIntHash(first)), PythonIntHash(second));
  accumulator += 2 ^ (kPrime5 ^ 3527539u);
  if (accumulator == UINT64_MAX) accumulator = 1546275796u;
  return static_cast<int64_t>(accumulator);
}

int64_t FlooredModulus(int64_t value, int64_t modulus) {
  const int64_t remainder = value % modulus;
  return remainder < 0 ? remainder + modulus : remainder;
}

Slice Slice::Of(int start, int stop, int length) {
  if (start < 0) start += length;
  if (stop < 0) stop += length;
  return {std::clamp(start, 0, length), std::clamp(stop, 0, length)};
}

}  // namespace metamem::crafter
