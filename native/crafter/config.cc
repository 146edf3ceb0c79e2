#include "crafter/config.h"

#include <cmath>

namespace metamem::crafter {
namespace {

std::string Pair(int x, int y) { return std::to_string(x) + "x" + std::to_string(y); }

}  // namespace

std::string Config::Problem() const {
  if (area_x < 1 || area_y < 1) return "area " + Pair(area_x, area_y) + " is empty; both sides must be at least 1";
  if (int64_t{area_x} * area_y > kMaxCells) {
    return "area " + Pair(area_x, area_y) + " has more than " + std::to_string(kMaxCells) + " cells";
  }
  if (view_x < 1 || view_y < 1) return "view " + Pair(view_x, view_y) + " is empty; both sides must be at least 1";
  if (size_x > kMaxPicture || size_y > kMaxPicture) {
    return "size " + Pair(size_x, size_y) + " is more than " + std::to_string(kMaxPicture) + " pixels on a side";
  }
  // Icons and digits of the inventory are 0.8 and 0.6 of a cell and need at least one pixel.
  if (size_x / 2 < view_x || size_y / 2 < view_y) {
    return "size " + Pair(size_x, size_y) + " is too small for view " + Pair(view_x, view_y) +
           "; it needs at least 2 pixels per cell";
  }
  if (grid_y() < 0) {
    return "view " + Pair(view_x, view_y) + " is too low for the " + std::to_string(item_rows()) +
           " rows of the inventory";
  }
  if (!std::isfinite(length)) return "length must be a finite number";
  if (renders_per_step < 0 || renders_per_step > 64) return "renders per step must be between 0 and 64";
  return "";
}

}  // namespace metamem::crafter
