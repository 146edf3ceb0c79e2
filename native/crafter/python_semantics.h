// The few rules of Python that reach the game: tuple hashes, floored modulus, slices with negative starts.

#ifndef METAMEM_CRAFTER_PYTHON_SEMANTICS_H_
#define METAMEM_CRAFTER_PYTHON_SEMANTICS_H_

#include <cstdint>

namespace metamem::crafter {

// hash(v) of an int, with CPython's modulus 2^61 - 1 and its replacement of -1.
int64_t PythonIntHash(int64_t value);

// hash((first, second)) of two ints, CPython 3.8 or later on 64 bit.
int64_t PythonPairHash(int64_t first, int64_t second);

// value % modulus with the sign of the modulus, which must be positive.
int64_t FlooredModulus(int64_t value, int64_t modulus);

// Indexes [begin, end) that `sequence[start:stop]` covers; empty when begin >= end.
struct Slice {
  int begin;
  int end;

  static Slice Of(int start, int stop, int length);
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_PYTHON_SEMANTICS_H_
