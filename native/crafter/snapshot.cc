#include "crafter/snapshot.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <vector>

#include "crafter/crc32.h"

namespace metamem::crafter {
namespace {

constexpr uint32_t kMagic = 0x5343534d;  // "MSCS"
constexpr uint32_t kVersion = 1;

struct Header {
  uint32_t magic;
  uint32_t version;
  uint32_t checksum;  // of everything after the header
  uint32_t state_size;
  uint64_t size;
  uint32_t configuration;  // fingerprint
  uint32_t padding;
};

static_assert(std::is_trivially_copyable_v<State> && std::is_trivially_copyable_v<Object>);

struct Parts {
  State state;
  std::vector<Material> materials;
  std::vector<Object> objects;
  std::vector<int32_t> chunk_order;
};

size_t SizeOf(const Config& config, int num_objects, int num_chunks) {
  return sizeof(Header) + sizeof(State) + config.cells() * sizeof(Material) + num_objects * sizeof(Object) +
         num_chunks * sizeof(int32_t);
}

uint32_t Fingerprint(const Config& config) {
  const double numbers[] = {
      double(config.area_x),           double(config.area_y),      double(config.view_x),      double(config.view_y),
      double(config.size_x),           double(config.size_y),      double(config.reward),      config.length,
      double(config.renders_per_step), double(config.night_draws), double(config.initial_noop)};
  return Crc32(numbers, sizeof(numbers));
}

bool StateIsSane(const State& state, const World& world) {
  const PlayerState& player = state.player;
  for (const int16_t count : player.items) {
    if (count < 0 || count > kMaxItem) return false;
  }
  for (const int32_t count : player.achievements) {
    if (count < 0) return false;
  }
  return state.rng.position <= Mt19937::kWords && state.frame_rng.position <= Mt19937::kWords &&
         player.action < kNumActions && state.step >= 0 && std::isfinite(state.daylight) && state.num_live >= 1 &&
         state.num_live <= world.config().cells() && state.num_objects > kPlayerIndex &&
         state.num_objects <= world.object_capacity() && state.num_known_chunks >= 1 &&
         state.num_known_chunks <= world.num_chunks();
}

bool ObjectsAreSane(const Parts& parts, const World& world) {
  std::vector<bool> taken(world.config().cells());
  int live = 0;
  for (size_t i = kPlayerIndex; i < parts.objects.size(); ++i) {
    const Object& object = parts.objects[i];
    if (!world.Inside(object.x, object.y) || object.kind >= kNumKinds ||
        (object.kind == kPlayer) != (i == kPlayerIndex) || (i == kPlayerIndex && object.removed) ||
        object.chunk != world.ChunkOf(object.x, object.y) || std::abs(object.facing_x) > 1 ||
        std::abs(object.facing_y) > 1) {
      return false;
    }
    if (object.removed) continue;
    ++live;
    const int cell = world.Cell(object.x, object.y);
    if (taken[cell]) return false;
    taken[cell] = true;
  }
  return live == parts.state.num_live;
}

bool ChunksAreSane(const Parts& parts, const World& world) {
  std::vector<bool> known(world.num_chunks());
  for (const int32_t chunk : parts.chunk_order) {
    if (chunk < 0 || chunk >= world.num_chunks() || known[chunk]) return false;
    known[chunk] = true;
  }
  for (size_t i = kPlayerIndex; i < parts.objects.size(); ++i) {
    if (!known[parts.objects[i].chunk]) return false;
  }
  return true;
}

bool MaterialsAreSane(const Parts& parts) {
  for (const Material material : parts.materials) {
    if (material >= kNumMaterials) return false;
  }
  return true;
}

template <typename T>
const uint8_t* Take(const uint8_t* from, std::vector<T>* to) {
  memcpy(static_cast<void*>(to->data()), from, to->size() * sizeof(T));
  return from + to->size() * sizeof(T);
}

}  // namespace

size_t SnapshotSize(const World& world) {
  return SizeOf(world.config(), world.state.num_objects, world.state.num_known_chunks);
}

void WriteSnapshot(const World& world, uint8_t* out) {
  const Config& config = world.config();
  uint8_t* to = out + sizeof(Header);
  const auto put = [&to](const void* from, size_t size) {
    memcpy(to, from, size);
    to += size;
  };
  put(&world.state, sizeof(State));
  put(world.materials(), config.cells() * sizeof(Material));
  put(&world.object(0), world.state.num_objects * sizeof(Object));
  for (int i = 0; i < world.state.num_known_chunks; ++i) {
    const int32_t chunk = world.known_chunk(i);
    put(&chunk, sizeof(chunk));
  }
  Header header{};
  header.magic = kMagic;
  header.version = kVersion;
  header.state_size = sizeof(State);
  header.size = SnapshotSize(world);
  header.configuration = Fingerprint(config);
  header.checksum = Crc32(out + sizeof(Header), header.size - sizeof(Header));
  memcpy(out, &header, sizeof(header));
}

std::string ReadSnapshot(const uint8_t* bytes, size_t size, World* world) {
  Header header;
  if (size < sizeof(Header) + sizeof(State)) return "too short";
  memcpy(&header, bytes, sizeof(header));
  if (header.magic != kMagic) return "not a Crafter snapshot";
  if (header.version != kVersion || header.state_size != sizeof(State)) return "written by another build";
  if (header.size != size) return "cut or padded";
  if (header.checksum != Crc32(bytes + sizeof(Header), size - sizeof(Header))) return "checksum does not match";
  const Config& config = world->config();
  if (header.configuration != Fingerprint(config)) return "taken from a game with other options";
  Parts parts;
  const uint8_t* from = bytes + sizeof(Header);
  memcpy(static_cast<void*>(&parts.state), from, sizeof(State));
  from += sizeof(State);
  if (!StateIsSane(parts.state, *world) ||
      size != SizeOf(config, parts.state.num_objects, parts.state.num_known_chunks)) {
    return "inconsistent state";
  }
  parts.materials.resize(config.cells());
  parts.objects.resize(parts.state.num_objects);
  parts.chunk_order.resize(parts.state.num_known_chunks);
  Take(Take(Take(from, &parts.materials), &parts.objects), &parts.chunk_order);
  if (!MaterialsAreSane(parts) || !ObjectsAreSane(parts, *world) || !ChunksAreSane(parts, *world)) {
    return "inconsistent world";
  }
  world->Assign(parts.state, parts.materials.data(), parts.objects.data(), parts.chunk_order.data());
  return "";
}

}  // namespace metamem::crafter
