#include "crafter_session.h"

#include <cstring>

#include "crafter/semantic_map.h"

namespace metamem {

void CrafterSession::Reset(int64_t seed, int64_t episode) {
  env_.Reset(seed, episode);
  Refresh();
}

void CrafterSession::Step(crafter::Action action) {
  env_.Step(action);
  Refresh();
}

void CrafterSession::Refresh() {
  const crafter::World& world = env_.world();
  const crafter::State& state = world.state;
  const crafter::Object& player = world.player();
  CrafterBlock block{};
  block.reward = state.outcome.reward;
  block.daylight = state.daylight;
  block.step = static_cast<int32_t>(state.step);
  block.done = state.outcome.done;
  block.unlocked = state.unlocked;
  block.live_objects = state.num_live;
  block.x = player.x - world.config().area_x / 2;
  block.y = player.y - world.config().area_y / 2;
  block.facing_x = player.facing_x;
  block.facing_y = player.facing_y;
  block.sleeping = state.player.sleeping;
  block.dead = env_.dead();
  block.facing_id = world.SemanticAt(player.x + player.facing_x, player.y + player.facing_y);
  for (int i = 0; i < crafter::kNumItems; ++i) block.items[i] = static_cast<uint8_t>(state.player.items[i]);
  memcpy(block_, &block, sizeof(block));
  crafter::WriteVisibleGrid(world, block_ + sizeof(block));
}

const std::string& CrafterSession::LongText(const crafter::TextOptions& options) {
  crafter::WriteLongText(env_.world(), options, &buffer_);
  return buffer_;
}

const std::string& CrafterSession::ShortText() {
  crafter::WriteShortText(env_.world(), &buffer_);
  return buffer_;
}

}  // namespace metamem
