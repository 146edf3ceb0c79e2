// One open game as JavaScript sees it: the environment, its text options, and the block its results are written to.

#ifndef METAMEM_BINDING_CRAFTER_SESSION_H_
#define METAMEM_BINDING_CRAFTER_SESSION_H_

#include <cstdint>
#include <string>

#include "crafter/env.h"
#include "crafter/text.h"

namespace metamem {

// Results of the latest reset or step, in memory that JavaScript reads directly
// (packages/native-env/src/crafter/block.ts names the same offsets). The grid of visible ids follows, grid_x * grid_y
// bytes, row by row.
struct CrafterBlock {
  double reward;
  double daylight;
  int32_t step;
  int32_t done;
  uint32_t unlocked;  // set of achievements
  int32_t live_objects;
  // From here on: what the player sees.
  int32_t x, y;  // from where the player started
  int8_t facing_x, facing_y;
  uint8_t sleeping;
  uint8_t dead;
  uint8_t facing_id;
  uint8_t padding[3];
  uint8_t items[crafter::kNumItems];
};
static_assert(sizeof(CrafterBlock) == 64);

class CrafterSession {
 public:
  CrafterSession(const crafter::Config& config, const crafter::TextOptions& text) : env_(config), text_(text) {}

  static size_t BlockSize(const crafter::Config& config) {
    return sizeof(CrafterBlock) + size_t(config.grid_x()) * config.grid_y();
  }
  // `block` has BlockSize bytes, aligned for a double, and outlives the session.
  void set_block(uint8_t* block) { block_ = block; }

  void Reset(int64_t seed, int64_t episode);
  void Step(crafter::Action action);
  // Brings the block up to date with the state, which may come from a snapshot.
  void Refresh();

  bool started() const { return env_.world().state.episode > 0; }
  crafter::Env& env() { return env_; }
  const crafter::World& world() const { return env_.world(); }

  const std::string& LongText() { return LongText(text_); }
  const std::string& LongText(const crafter::TextOptions& options);
  const std::string& ShortText();

 private:
  crafter::Env env_;
  crafter::TextOptions text_;
  uint8_t* block_ = nullptr;
  std::string buffer_;
};

}  // namespace metamem

#endif  // METAMEM_BINDING_CRAFTER_SESSION_H_
