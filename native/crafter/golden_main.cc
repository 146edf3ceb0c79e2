// Replays reference recordings without JavaScript, so that a sanitizer build can watch the whole game. Reads simple
// lines from standard input (test/parity/golden-lines.ts writes them), checks every number itself, and prints the
// texts it was asked for; exits with 1 at the first difference.
//
//   episode ID AREA_X AREA_Y VIEW_X VIEW_Y SIZE_X SIZE_Y REWARD LENGTH RENDERS SEED EPISODE
//   reset RNG_CRC SEMANTIC_CRC N_OBJECTS          checks the state after the reset
//   step ACTION REWARD DONE X Y FX FY INVENTORY SEMANTIC_CRC N_OBJECTS SLEEPING RNG_CRC
//   text KEY UNIQUE PRECISE SKIP EDGE             prints `text KEY HEX HEX` of long and short text
//   picture                                       draws a frame with made-up sprites
//   snapshot                                      continues in a second world restored from bytes

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "crafter/crc32.h"
#include "crafter/env.h"
#include "crafter/mt19937_block.h"
#include "crafter/picture.h"
#include "crafter/semantic_map.h"
#include "crafter/snapshot.h"
#include "crafter/text.h"
#include "crafter/textures.h"

namespace metamem::crafter {
namespace {

class Replay {
 public:
  // False at the first difference, which it has printed.
  bool Run(const std::string& line) {
    std::istringstream in(line);
    std::string command;
    in >> command;
    if (command == "episode") return BeginEpisode(&in);
    if (command == "reset") return CheckReset(&in);
    if (command == "step") return CheckStep(&in);
    if (command == "text") return PrintText(&in);
    if (command == "picture") return DrawPictureOnly();
    if (command == "snapshot") return PassThroughSnapshot();
    return Fail("command", command, "a known one");
  }

  int64_t steps() const { return total_steps_; }

  bool CheckGenerator() const {
    for (const RegenerationPath& path : RegenerationPaths()) {
      if (path.supported && !RegeneratesCorrectly(path)) return Fail("generator", path.name, "the definition's words");
    }
    return true;
  }

 private:
  bool Fail(const std::string& field, const std::string& actual, const std::string& expected) const {
    printf("%s step %" PRId64 ": %s is %s, expected %s\n", id_.c_str(), env_ ? env_->world().state.step : 0,
           field.c_str(), actual.c_str(), expected.c_str());
    return false;
  }

  bool Check(const char* field, const std::string& actual, std::istringstream* in) const {
    std::string expected;
    *in >> expected;
    return actual == expected || Fail(field, actual, expected);
  }

  bool Check(const char* field, int64_t actual, std::istringstream* in) const {
    return Check(field, std::to_string(actual), in);
  }

  bool BeginEpisode(std::istringstream* in) {
    Config config;
    int64_t seed, episode;
    *in >> id_ >> config.area_x >> config.area_y >> config.view_x >> config.view_y >> config.size_x >> config.size_y >>
        config.reward >> config.length >> config.renders_per_step >> seed >> episode;
    if (!config.Problem().empty()) return Fail("config", config.Problem(), "a valid one");
    env_ = std::make_unique<Env>(config);
    env_->Reset(seed, episode);
    return true;
  }

  int64_t SemanticCrc() const {
    std::vector<uint8_t> map(env_->world().config().cells());
    WriteSemanticMap(env_->world(), map.data());
    return Crc32(map.data(), map.size());
  }

  bool CheckReset(std::istringstream* in) const {
    const State& state = env_->world().state;
    return Check("rng_crc", state.rng.Fingerprint(), in) && Check("semantic_crc", SemanticCrc(), in) &&
           Check("n_objects", state.num_live, in);
  }

  bool CheckStep(std::istringstream* in) {
    int action;
    *in >> action;
    const Outcome outcome = env_->Step(static_cast<Action>(action));
    ++total_steps_;
    double reward;
    *in >> reward;
    if (reward != outcome.reward) return Fail("reward", std::to_string(outcome.reward), std::to_string(reward));
    const State& state = env_->world().state;
    const Object& player = env_->world().player();
    std::string items;
    for (const int16_t count : state.player.items) items.push_back(static_cast<char>('0' + count));
    return Check("done", outcome.done, in) && Check("x", player.x, in) && Check("y", player.y, in) &&
           Check("fx", player.facing_x, in) && Check("fy", player.facing_y, in) && Check("inventory", items, in) &&
           Check("semantic_crc", SemanticCrc(), in) && Check("n_objects", state.num_live, in) &&
           Check("sleeping", state.player.sleeping, in) && Check("rng_crc", state.rng.Fingerprint(), in);
  }

  bool PrintText(std::istringstream* in) {
    std::string key;
    TextOptions options;
    *in >> key >> options.unique >> options.precise >> options.skip >> options.edge_only;
    std::string long_text, short_text;
    WriteLongText(env_->world(), options, &long_text);
    WriteShortText(env_->world(), &short_text);
    printf("text %s %s %s\n", key.c_str(), Hex(long_text).c_str(), Hex(short_text).c_str());
    return true;
  }

  static std::string Hex(const std::string& text) {
    std::string out;
    char pair[3];
    for (const char c : text) {
      snprintf(pair, sizeof(pair), "%02x", static_cast<unsigned char>(c));
      out += pair;
    }
    return out;
  }

  bool DrawPictureOnly() const {
    const Config& config = env_->world().config();
    std::vector<uint8_t> picture(size_t(3) * config.size_x * config.size_y);
    DrawPicture(env_->world(), textures_.data(), picture.data());
    return true;
  }

  // Noise with and without an alpha channel: the sprites do not matter here, the drawing does.
  static std::vector<uint8_t> MakeTextures() {
    std::vector<uint8_t> block(kTextureBlockBytes);
    Mt19937 rng;
    rng.Seed(1);
    for (uint8_t& byte : block) byte = static_cast<uint8_t>(rng.Next());
    for (int i = 0; i < kNumTextures; ++i) block[i * kTextureBytes] = static_cast<uint8_t>(3 + i % 2);
    return block;
  }

  bool PassThroughSnapshot() {
    std::vector<uint8_t> bytes(SnapshotSize(env_->world()));
    WriteSnapshot(env_->world(), bytes.data());
    auto other = std::make_unique<Env>(env_->world().config());
    bytes[bytes.size() / 2] ^= 1;
    if (ReadSnapshot(bytes.data(), bytes.size(), &other->world()).empty()) {
      return Fail("snapshot", "accepted", "damage noticed");
    }
    bytes[bytes.size() / 2] ^= 1;
    const std::string problem = ReadSnapshot(bytes.data(), bytes.size(), &other->world());
    if (!problem.empty()) return Fail("snapshot", problem, "restored");
    env_ = std::move(other);
    return true;
  }

  std::string id_;
  std::unique_ptr<Env> env_;
  const std::vector<uint8_t> textures_ = MakeTextures();
  int64_t total_steps_ = 0;
};

}  // namespace
}  // namespace metamem::crafter

int main() {
  metamem::crafter::Replay replay;
  if (!replay.CheckGenerator()) return 1;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!replay.Run(line)) return 1;
  }
  printf("%" PRId64 " steps, 0 divergences\n", replay.steps());
  return 0;
}
