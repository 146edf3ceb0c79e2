#include "crafter/canvas.h"

namespace metamem::crafter {
namespace {

// Source pixel of each target pixel. The position is accumulated like the reference's imaging library does it: the
// closed form rounds differently.
std::vector<int> NearestIndexes(int length) {
  std::vector<int> indexes(length);
  const double scale = static_cast<double>(kTextureSide) / length;
  double position = scale * 0.5;
  for (int& index : indexes) {
    index = static_cast<int>(position);
    position += scale;
  }
  return indexes;
}

uint8_t Blend(uint8_t over, uint8_t under, float alpha) {
  const float top = over / 255.0f;
  const float bottom = under / 255.0f;
  return static_cast<uint8_t>(255.0f * (alpha * top + (1.0f - alpha) * bottom));
}

}  // namespace

void Canvas::DrawOpaque(TextureView texture, int left, int top, int width, int height) {
  const std::vector<int> columns = NearestIndexes(width);
  const std::vector<int> rows = NearestIndexes(height);
  for (int x = 0; x < width; ++x) {
    for (int y = 0; y < height; ++y) {
      const uint8_t* from = texture.Pixel(columns[x], rows[y]);
      uint8_t* to = Pixel(left + x, top + y);
      for (int c = 0; c < 3; ++c) to[c] = from[c];
    }
  }
}

void Canvas::DrawBlended(TextureView texture, int left, int top, int width, int height) {
  if (texture.channels() == 3) return DrawOpaque(texture, left, top, width, height);
  const std::vector<int> columns = NearestIndexes(width);
  const std::vector<int> rows = NearestIndexes(height);
  for (int x = 0; x < width; ++x) {
    for (int y = 0; y < height; ++y) {
      const uint8_t* from = texture.Pixel(columns[x], rows[y]);
      uint8_t* to = Pixel(left + x, top + y);
      const float alpha = from[3] / 255.0f;
      for (int c = 0; c < 3; ++c) to[c] = Blend(from[c], to[c], alpha);
    }
  }
}

}  // namespace metamem::crafter
