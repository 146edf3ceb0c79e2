// Three-dimensional OpenSimplex noise, bit for bit as Python's opensimplex computes it.

#ifndef METAMEM_CRAFTER_OPEN_SIMPLEX_H_
#define METAMEM_CRAFTER_OPEN_SIMPLEX_H_

#include <cstdint>

namespace metamem::crafter {

class OpenSimplex {
 public:
  explicit OpenSimplex(int64_t seed);

  double Noise(double x, double y, double z) const;

 private:
  struct Point;

  void AddNear(Point* point) const;
  void AddFar(Point* point) const;
  void AddMiddle(Point* point) const;

  uint8_t permutation_[256];
  // Start of the gradient triple of a permuted value.
  uint8_t gradient_[256];
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_OPEN_SIMPLEX_H_
