#include "crafter/picture.h"

#include <algorithm>
#include <cmath>

#include "crafter/canvas.h"
#include "crafter/creatures.h"
#include "crafter/env.h"

namespace metamem::crafter {
namespace {

constexpr double kNightTint[3] = {0, 16, 64};
constexpr double kSleepTint[3] = {0, 0, 16};

uint8_t Luma(const uint8_t (&rgb)[3]) {
  return static_cast<uint8_t>((19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2] + 32768) >> 16);
}

// Which of left, right, up, down a facing is.
int DirectionIndex(const Object& object) {
  if (object.facing_x != 0) return object.facing_x < 0 ? 0 : 1;
  return object.facing_y < 0 ? 2 : 3;
}

int TextureFor(const World& world, const Object& object) {
  switch (object.kind) {
    case kCow: return kCowTexture;
    case kZombie: return kZombieTexture;
    case kSkeleton: return kSkeletonTexture;
    case kArrow: return kArrowLeftTexture + DirectionIndex(object);
    case kPlant: return object.timer > kRipeAge ? kPlantRipeTexture : kPlantTexture;
    default: return world.state.player.sleeping ? kPlayerSleepTexture : kPlayerLeftTexture + DirectionIndex(object);
  }
}

Canvas DrawMap(const World& world, const uint8_t* textures) {
  const Config& config = world.config();
  const int unit_x = config.unit_x(), unit_y = config.unit_y();
  const int left = world.player().x - config.grid_x() / 2;
  const int top = world.player().y - config.grid_y() / 2;
  Canvas canvas(config.grid_x() * unit_x, config.grid_y() * unit_y, 127);
  for (int i = 0; i < config.grid_x(); ++i) {
    for (int j = 0; j < config.grid_y(); ++j) {
      const Material material = world.MaterialAt(left + i, top + j);
      if (material == kNoMaterial) continue;
      const TextureView texture = TextureOf(textures, kFirstMaterialTexture + material - kWater);
      canvas.DrawOpaque(texture, i * unit_x, j * unit_y, unit_x, unit_y);
    }
  }
  for (int index = kPlayerIndex; index < world.state.num_objects; ++index) {
    const Object& object = world.object(index);
    const int i = object.x - left, j = object.y - top;
    if (object.removed || i < 0 || i >= config.grid_x() || j < 0 || j >= config.grid_y()) continue;
    canvas.DrawBlended(TextureOf(textures, TextureFor(world, object)), i * unit_x, j * unit_y, unit_x, unit_y);
  }
  return canvas;
}

std::vector<double> Linspace(int length) {
  std::vector<double> values(length, -1.0);
  const double step = 2.0 / (length - 1);
  for (int i = 1; i < length; ++i) values[i] = i * step + -1.0;
  if (length > 1) values[length - 1] = 1.0;
  return values;
}

// The canvas in double precision as night, tint and sleep change it; only the last step truncates.
class Light {
 public:
  explicit Light(const World& world)
      : daylight_(world.state.daylight), sleeping_(world.state.player.sleeping), rng_(NoiseSource(world)) {}

  void Apply(Canvas* canvas) {
    const bool dark = daylight_ < kDarkBelow;
    const std::vector<double> xs = Linspace(canvas->width());
    const std::vector<double> ys = Linspace(canvas->height());
    for (int x = 0; x < canvas->width(); ++x) {
      for (int y = 0; y < canvas->height(); ++y) {
        uint8_t* pixel = canvas->Pixel(x, y);
        double night[3] = {double(pixel[0]), double(pixel[1]), double(pixel[2])};
        if (dark) AddNoise(xs[x], ys[y], &night);
        Tint(night, pixel);
      }
    }
  }

 private:
  // A frame that did not draw (night draws off) takes its noise from a copy of the current generator.
  static Mt19937 NoiseSource(const World& world) {
    const Config& config = world.config();
    return config.night_draws && config.renders_per_step > 0 ? world.state.frame_rng : world.state.rng;
  }

  void AddNoise(double x, double y, double (*night)[3]) {
    const double noise = 32 + 95 * rng_.Uniform();
    const double vignette = 1 - std::exp((-0.5 * (x * x + y * y)) / 0.25);
    const double mask = 2 * (kDarkBelow - daylight_) * vignette;
    for (double& value : *night) value = (1 - mask) * value + mask * noise;
  }

  void Tint(const double (&night)[3], uint8_t* pixel) const {
    const uint8_t base[3] = {uint8_t(night[0]), uint8_t(night[1]), uint8_t(night[2])};
    const float luma = Luma(base);
    double result[3];
    for (int c = 0; c < 3; ++c) {
      const uint8_t pale = static_cast<uint8_t>(luma + 0.4f * (base[c] - luma));
      const double tinted = 0.5 * pale + 0.5 * kNightTint[c];
      result[c] = daylight_ * pixel[c] + (1 - daylight_) * tinted;
    }
    for (int c = 0; c < 3; ++c) pixel[c] = static_cast<uint8_t>(result[c]);
    if (!sleeping_) return;
    const uint8_t awake[3] = {pixel[0], pixel[1], pixel[2]};
    const double grey = Luma(awake);
    for (int c = 0; c < 3; ++c) pixel[c] = static_cast<uint8_t>(0.5 * grey + 0.5 * kSleepTint[c]);
  }

  const double daylight_;
  const bool sleeping_;
  Mt19937 rng_;
};

Canvas DrawInventory(const World& world, const uint8_t* textures) {
  const Config& config = world.config();
  const int unit_x = config.unit_x(), unit_y = config.unit_y();
  Canvas canvas(config.view_x * unit_x, config.item_rows() * unit_y, 0);
  const auto draw = [&](int texture, int cell_x, int cell_y, double offset, double scale) {
    canvas.DrawBlended(TextureOf(textures, texture), static_cast<int>(cell_x * unit_x + offset * unit_x),
                       static_cast<int>(cell_y * unit_y + offset * unit_y), static_cast<int>(scale * unit_x),
                       static_cast<int>(scale * unit_y));
  };
  for (int item = 0; item < kNumItems; ++item) {
    const int amount = world.state.player.items[item];
    if (amount < 1) continue;
    draw(kFirstItemTexture + item, item % config.view_x, item / config.view_x, 0.1, 0.8);
    draw(kFirstDigitTexture + amount - 1, item % config.view_x, item / config.view_x, 0.4, 0.6);
  }
  return canvas;
}

}  // namespace

void DrawPicture(const World& world, const uint8_t* textures, uint8_t* out) {
  const Config& config = world.config();
  Canvas map = DrawMap(world, textures);
  Light(world).Apply(&map);
  const Canvas inventory = DrawInventory(world, textures);
  std::fill(out, out + size_t(3) * config.size_x * config.size_y, uint8_t{0});
  const int border_x = (config.size_x - config.unit_x() * config.view_x) / 2;
  const int border_y = (config.size_y - config.unit_y() * config.view_y) / 2;
  const auto copy = [&](const Canvas& canvas, int top) {
    for (int y = 0; y < canvas.height(); ++y) {
      uint8_t* row = out + size_t(3) * (size_t(top + y) * config.size_x + border_x);
      for (int x = 0; x < canvas.width(); ++x, row += 3) std::copy(canvas.Pixel(x, y), canvas.Pixel(x, y) + 3, row);
    }
  };
  copy(map, border_y);
  copy(inventory, border_y + map.height());
}

}  // namespace metamem::crafter
