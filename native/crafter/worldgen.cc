#include "crafter/worldgen.h"

#include <cmath>

#include "crafter/creatures.h"
#include "crafter/open_simplex.h"

namespace metamem::crafter {
namespace {

double DistanceToStart(const World& world, int x, int y) {
  const double dx = x - world.player().x;
  const double dy = y - world.player().y;
  return std::sqrt(dx * dx + dy * dy);
}

// Decides one cell's terrain. Noise is computed and chance drawn only as far as the decision needs.
class Terrain {
 public:
  Terrain(World* world, std::vector<bool>* tunnels)
      : world_(*world), rng_(world->state.rng), noise_(world->state.simplex_seed), tunnels_(*tunnels) {}

  Material At(int x, int y) {
    double start = 4 - DistanceToStart(world_, x, y);
    start += 2 * Noise(x, y, 8, 3);
    start = 1 / (1 + std::exp(-start));
    double water = (Noise(x, y, 3, 15) + 0.15 * Noise(x, y, 3, 5)) + 0.1;
    water -= 2 * start;
    double mountain = (Noise(x, y, 0, 15) + 0.3 * Noise(x, y, 0, 5)) / 1.3;
    mountain -= 4 * start + 0.3 * water;
    if (start > 0.5) return kGrass;
    if (mountain > 0.15) return Mountain(x, y, mountain);
    if (0.25 < water && water <= 0.35 && Noise(x, y, 4, 9) > -0.2) return kSand;
    if (0.3 < water) return kWater;
    if (Noise(x, y, 5, 7) > 0 && rng_.Uniform() > 0.8) return kTree;
    return kGrass;
  }

 private:
  double Noise(double x, double y, double z, double size) const { return noise_.Noise(x / size, y / size, z); }

  Material Mountain(int x, int y, double mountain) {
    if (Noise(x, y, 6, 7) > 0.15 && mountain > 0.3) return kPath;
    if (Noise(2 * x, y / 5.0, 7, 3) > 0.4 || Noise(x / 5.0, 2 * y, 7, 3) > 0.4) {
      tunnels_[world_.Cell(x, y)] = true;
      return kPath;
    }
    if (Noise(x, y, 1, 8) > 0 && rng_.Uniform() > 0.85) return kCoal;
    if (Noise(x, y, 2, 6) > 0.4 && rng_.Uniform() > 0.75) return kIron;
    if (mountain > 0.18 && rng_.Uniform() > 0.994) return kDiamond;
    if (mountain > 0.3 && Noise(x, y, 6, 5) > 0.35) return kLava;
    return kStone;
  }

  World& world_;
  Mt19937& rng_;
  const OpenSimplex noise_;
  std::vector<bool>& tunnels_;
};

void Populate(World* world, int x, int y, bool tunnel) {
  const Material material = world->MaterialAt(x, y);
  if (!Has(kWalkable, material)) return;
  Mt19937& rng = world->state.rng;
  const double distance = DistanceToStart(*world, x, y);
  if (distance > 3 && material == kGrass && rng.Uniform() > 0.985) {
    AddCreature(world, kCow, x, y);
  } else if (distance > 10 && rng.Uniform() > 0.993) {
    AddCreature(world, kZombie, x, y);
  } else if (material == kPath && tunnel && rng.Uniform() > 0.95) {
    AddCreature(world, kSkeleton, x, y);
  }
}

}  // namespace

void GenerateWorld(World* world, std::vector<bool>* tunnels) {
  tunnels->assign(world->config().cells(), false);
  world->state.simplex_seed = world->state.rng.RandInt(0, 0x7fffffff);
  Terrain terrain(world, tunnels);
  const int width = world->config().area_x;
  const int height = world->config().area_y;
  for (int x = 0; x < width; ++x) {
    for (int y = 0; y < height; ++y) world->SetMaterial(x, y, terrain.At(x, y));
  }
  for (int x = 0; x < width; ++x) {
    for (int y = 0; y < height; ++y) Populate(world, x, y, (*tunnels)[world->Cell(x, y)]);
  }
}

}  // namespace metamem::crafter
