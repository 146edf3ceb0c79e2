// A grid of pixels, x-major, on which sprites are scaled and blended.

#ifndef METAMEM_CRAFTER_CANVAS_H_
#define METAMEM_CRAFTER_CANVAS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crafter/textures.h"

namespace metamem::crafter {

class Canvas {
 public:
  Canvas(int width, int height, uint8_t fill)
      : width_(width), height_(height), pixels_(size_t(3) * width * height, fill) {}

  int width() const { return width_; }
  int height() const { return height_; }
  uint8_t* Pixel(int x, int y) { return &pixels_[size_t(3) * (size_t(x) * height_ + y)]; }
  const uint8_t* Pixel(int x, int y) const { return &pixels_[size_t(3) * (size_t(x) * height_ + y)]; }

  // Draws a sprite scaled to width x height with its corner at (left, top), ignoring its alpha channel.
  void DrawOpaque(TextureView texture, int left, int top, int width, int height);
  // The same, blended by its alpha channel where it has one.
  void DrawBlended(TextureView texture, int left, int top, int width, int height);

 private:
  int width_, height_;
  std::vector<uint8_t> pixels_;
};

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_CANVAS_H_
