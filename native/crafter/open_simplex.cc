#include "crafter/open_simplex.h"

#include <initializer_list>

#include "crafter/python_semantics.h"

namespace metamem::crafter {
namespace {

constexpr double kStretch = -1.0 / 6;
constexpr double kSquish = 1.0 / 3;
constexpr double kNorm = 103;

constexpr int8_t kGradients[72] = {
    -11, 4,  4,  -4, 11,  4,  -4, 4,  11,  11, 4,  4,  4, 11,  4,  4, 4,  11,   //
    -11, -4, 4,  -4, -11, 4,  -4, -4, 11,  11, -4, 4,  4, -11, 4,  4, -4, 11,   //
    -11, 4,  -4, -4, 11,  -4, -4, 4,  -11, 11, 4,  -4, 4, 11,  -4, 4, 4,  -11,  //
    -11, -4, -4, -4, -11, -4, -4, -4, -11, 11, -4, -4, 4, -11, -4, 4, -4, -11,
};

// A set of axes: bit 0 is x, bit 1 is y, bit 2 is z.
constexpr int kAllAxes = 7;

// Lowest axis of a non-empty set.
inline int FirstAxis(int axes) { return axes & 1 ? 0 : axes & 2 ? 1 : 2; }

inline int FloorToInt(double value) {
  const int truncated = static_cast<int>(value);
  return value < truncated ? truncated - 1 : truncated;
}

// One linear congruential step, wrapping like a signed 64-bit integer.
inline uint64_t NextState(uint64_t state) { return state * 6364136223846793005u + 1442695040888963407u; }

}  // namespace

OpenSimplex::OpenSimplex(int64_t seed) {
  uint8_t source[256];
  for (int i = 0; i < 256; ++i) source[i] = static_cast<uint8_t>(i);
  uint64_t state = static_cast<uint64_t>(seed);
  for (int i = 0; i < 3; ++i) state = NextState(state);
  for (int i = 255; i >= 0; --i) {
    state = NextState(state);
    // (state + 31) mod (i + 1) with state + 31 in unlimited precision: reduce the parts.
    const int64_t modulus = i + 1;
    const int64_t r = (FlooredModulus(static_cast<int64_t>(state), modulus) + 31 % modulus) % modulus;
    permutation_[i] = source[r];
    gradient_[i] = static_cast<uint8_t>(3 * (permutation_[i] % 24));
    source[r] = source[i];
  }
}

// The evaluation of one point: its lattice cell, the position in it and the sum so far.
struct OpenSimplex::Point {
  const OpenSimplex* noise;
  int base[3];
  double origin[3];  // displacement from the cell's own vertex
  double inside[3];  // position in the stretched cell, 0 to 1 per axis
  double inside_sum;
  double value;

  void Contribute(const int (&offset)[3], const double (&d)[3]) {
    double t = ((2 - d[0] * d[0]) - d[1] * d[1]) - d[2] * d[2];
    // Out of reach. Adding a zero is exact, and a jump would be mispredicted every other time.
    if (t <= 0) t = 0;
    const uint8_t* p = noise->permutation_;
    const int index =
        noise->gradient_[(p[(p[(base[0] + offset[0]) & 255] + base[1] + offset[1]) & 255] + base[2] + offset[2]) & 255];
    t = t * t;
    value += (t * t) * ((kGradients[index] * d[0] + kGradients[index + 1] * d[1]) + kGradients[index + 2] * d[2]);
  }

  // A vertex whose displacement is `squishes` times the squish constant away, subtracted after the offset.
  void Add(int a, int b, int c, int squishes) {
    const int offset[3] = {a, b, c};
    const double squish = squishes * kSquish;
    const double d[3] = {(origin[0] - a) - squish, (origin[1] - b) - squish, (origin[2] - c) - squish};
    Contribute(offset, d);
  }

  void AddRegular(int a, int b, int c) { Add(a, b, c, a + b + c); }
};

double OpenSimplex::Noise(double x, double y, double z) const {
  Point point;
  point.noise = this;
  point.value = 0;
  const double in[3] = {x, y, z};
  const double stretch = ((x + y) + z) * kStretch;
  double stretched[3];
  for (int i = 0; i < 3; ++i) {
    stretched[i] = in[i] + stretch;
    point.base[i] = FloorToInt(stretched[i]);
  }
  const double squish = (point.base[0] + point.base[1] + point.base[2]) * kSquish;
  for (int i = 0; i < 3; ++i) {
    point.origin[i] = in[i] - (point.base[i] + squish);
    point.inside[i] = stretched[i] - point.base[i];
  }
  point.inside_sum = (point.inside[0] + point.inside[1]) + point.inside[2];
  if (point.inside_sum <= 1) {
    AddNear(&point);
  } else if (point.inside_sum >= 2) {
    AddFar(&point);
  } else {
    AddMiddle(&point);
  }
  return point.value / kNorm;
}

// The tetrahedron at the cell's own vertex.
void OpenSimplex::AddNear(Point* point) const {
  const double* inside = point->inside;
  int a = 1, b = 2;
  double a_score = inside[0], b_score = inside[1];
  if (a_score >= b_score && inside[2] > b_score) {
    b = 4;
    b_score = inside[2];
  } else if (a_score < b_score && inside[2] > a_score) {
    a = 4;
    a_score = inside[2];
  }
  point->AddRegular(0, 0, 0);
  point->AddRegular(1, 0, 0);
  point->AddRegular(0, 1, 0);
  point->AddRegular(0, 0, 1);
  const double w = 1 - point->inside_sum;
  if (w > a_score || w > b_score) {
    const int axis = b_score > a_score ? b : a;
    const int rest = kAllAxes & ~axis;
    const int first = 1 << FirstAxis(rest);
    const int second = rest & ~first;
    const auto offset = [axis](int minus, int bit) { return axis & bit ? 1 : minus & bit ? -1 : 0; };
    point->Add(offset(first, 1), offset(first, 2), offset(first, 4), 0);
    point->Add(offset(second, 1), offset(second, 2), offset(second, 4), 0);
  } else {
    const int axes = a | b;
    const auto offset = [axes](int other, int bit) { return axes & bit ? 1 : other; };
    point->Add(offset(0, 1), offset(0, 2), offset(0, 4), 2);
    point->Add(offset(-1, 1), offset(-1, 2), offset(-1, 4), 1);
  }
}

// The tetrahedron at the opposite vertex (1, 1, 1).
void OpenSimplex::AddFar(Point* point) const {
  const double* inside = point->inside;
  int a = 6, b = 5;
  double a_score = inside[0], b_score = inside[1];
  if (a_score <= b_score && inside[2] < b_score) {
    b = 3;
    b_score = inside[2];
  } else if (a_score > b_score && inside[2] < a_score) {
    a = 3;
    a_score = inside[2];
  }
  point->AddRegular(1, 1, 0);
  point->AddRegular(1, 0, 1);
  point->AddRegular(0, 1, 1);
  point->AddRegular(1, 1, 1);
  const double w = 3 - point->inside_sum;
  if (w < a_score || w < b_score) {
    const int axes = b_score < a_score ? b : a;
    const int first = 1 << FirstAxis(axes);
    for (const int twice : {first, axes & ~first}) {
      int offset[3];
      double d[3];
      for (int i = 0; i < 3; ++i) {
        const int bit = 1 << i;
        offset[i] = (axes & bit ? 1 : 0) + (twice & bit ? 1 : 0);
        d[i] = (point->origin[i] - offset[i]) - 3 * kSquish;
      }
      // The library subtracts in another order when the doubled axis is y.
      if (twice == 2) d[1] = ((point->origin[1] - 1) - 3 * kSquish) - 1;
      point->Contribute(offset, d);
    }
  } else {
    const int axis = a & b;
    const auto offset = [axis](int amount, int bit) { return axis & bit ? amount : 0; };
    point->Add(offset(1, 1), offset(1, 2), offset(1, 4), 1);
    point->Add(offset(2, 1), offset(2, 2), offset(2, 4), 2);
  }
}

// The octahedron between the two tetrahedra.
void OpenSimplex::AddMiddle(Point* point) const {
  const double* inside = point->inside;
  struct Side {
    int axes;
    double score;
    bool far;
  };
  const auto side = [](double sum, int far_axes, int near_axes) {
    return sum > 1 ? Side{far_axes, sum - 1, true} : Side{near_axes, 1 - sum, false};
  };
  Side a = side(inside[0] + inside[1], 3, 4);
  Side b = side(inside[0] + inside[2], 5, 2);
  const Side c = side(inside[1] + inside[2], 6, 1);
  if (a.score <= b.score && a.score < c.score) {
    a = c;
  } else if (a.score > b.score && b.score < c.score) {
    b = c;
  }
  point->AddRegular(1, 0, 0);
  point->AddRegular(0, 1, 0);
  point->AddRegular(0, 0, 1);
  point->AddRegular(1, 1, 0);
  point->AddRegular(1, 0, 1);
  point->AddRegular(0, 1, 1);
  // All axes one except `axis`, which is minus one; one squish.
  const auto add_minus = [point](int axis) {
    point->Add(axis == 0 ? -1 : 1, axis == 1 ? -1 : 1, axis == 2 ? -1 : 1, 1);
  };
  if (a.far && b.far) {
    point->Add(1, 1, 1, 3);
    const int axis = FirstAxis(a.axes & b.axes);
    point->Add(axis == 0 ? 2 : 0, axis == 1 ? 2 : 0, axis == 2 ? 2 : 0, 2);
  } else if (!a.far && !b.far) {
    point->Add(0, 0, 0, 0);
    add_minus(FirstAxis(kAllAxes & ~(a.axes | b.axes)));
  } else {
    const int far_axes = a.far ? a.axes : b.axes;
    const int near_axes = a.far ? b.axes : a.axes;
    add_minus(FirstAxis(kAllAxes & ~far_axes));
    const int axis = FirstAxis(near_axes);
    int offset[3];
    double d[3];
    for (int i = 0; i < 3; ++i) {
      offset[i] = i == axis ? 2 : 0;
      // Here the library subtracts the squish before the offset.
      d[i] = (point->origin[i] - 2 * kSquish) - offset[i];
    }
    point->Contribute(offset, d);
  }
}

}  // namespace metamem::crafter
