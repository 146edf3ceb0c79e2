// What an environment is built with, and the sizes that follow from it.

#ifndef METAMEM_CRAFTER_CONFIG_H_
#define METAMEM_CRAFTER_CONFIG_H_

#include <cstdint>
#include <string>

namespace metamem::crafter {

inline constexpr int kChunkSize = 12;
inline constexpr int kMaxCells = 1 << 24;
inline constexpr int kMaxPicture = 8192;

struct Config {
  int area_x = 64, area_y = 64;
  int view_x = 9, view_y = 9;
  int size_x = 64, size_y = 64;
  bool reward = true;
  double length = 10000;  // steps after which the episode is over; 0: never
  // Frames drawn after each step. Each one draws noise from the game's generator when it is dark.
  int renders_per_step = 1;
  // False: no frame ever draws. Not what the reference does, but fast, and still deterministic.
  bool night_draws = true;
  // The benchmark's wrapper executes one noop as part of every reset.
  bool initial_noop = false;

  // Empty when the reference accepts these arguments too; otherwise one line naming the bad one.
  std::string Problem() const;

  int item_rows() const { return (16 + view_x - 1) / view_x; }
  // The part of the view that shows the map.
  int grid_x() const { return view_x; }
  int grid_y() const { return view_y - item_rows(); }
  // Pixels per cell.
  int unit_x() const { return size_x / view_x; }
  int unit_y() const { return size_y / view_y; }
  int cells() const { return area_x * area_y; }
  int chunks_x() const { return (area_x + kChunkSize - 1) / kChunkSize; }
  int chunks_y() const { return (area_y + kChunkSize - 1) / kChunkSize; }
  // Objects farther from the player than this, in steps, stand still.
  int update_range() const { return 2 * (view_x > view_y ? view_x : view_y); }
  // Random doubles that one dark frame takes.
  uint64_t noise_per_render() const { return uint64_t(grid_x()) * unit_x() * grid_y() * unit_y(); }
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_CONFIG_H_
