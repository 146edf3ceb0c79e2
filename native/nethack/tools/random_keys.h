// Random play for tools: the same keys for the same seed on every machine.

#ifndef METAMEM_NETHACK_TOOLS_RANDOM_KEYS_H_
#define METAMEM_NETHACK_TOOLS_RANDOM_KEYS_H_

#include <stdint.h>
#include <string.h>

#include <string>

namespace metamem::nethack {

enum class KeyStyle {
  kTask,  // moves, kicks, eats, searches, changes levels
  kKeys,  // movement-heavy, with most commands, answers and cancellations
  kDebug,  // as kKeys, with the commands of debug mode that change levels, reveal maps and create monsters
  kAll,   // any byte; ^P becomes ESC, as the upstream library does not always survive it
};

inline KeyStyle StyleNamed(const char* name) {
  if (strcmp(name, "task") == 0) return KeyStyle::kTask;
  if (strcmp(name, "debug") == 0) return KeyStyle::kDebug;
  return strcmp(name, "all") == 0 ? KeyStyle::kAll : KeyStyle::kKeys;
}

class RandomKeys {
 public:
  RandomKeys(KeyStyle style, uint64_t seed) : style_(style), state_(seed * 0x9e3779b97f4a7c15 + 0x853c49e6748fea9b) {}

  int Next() {
    static const std::string task = "\rkljhunbyKLJHUNBY<>.\004es";
    static const std::string keys = [] {
      std::string all;
      for (int i = 0; i < 6; ++i) all += "kljhunby";
      all += "KLJHUNBY<>.,s:iewqrzZtfdPa_\033\033\033\033\033\033\033\033\r\r\r     \360\357\343\345\004\030\017yn$";
      return all;
    }();
    static const std::string debug = keys + "\026\026\026\026\00612345678901234567890\r\r\r\r\r\r\007\024y";
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    const uint32_t drawn = static_cast<uint32_t>(state_ >> 32);
    if (style_ == KeyStyle::kAll) return (drawn & 0xff) == 0x10 ? 0x1b : static_cast<int>(drawn & 0xff);
    const std::string& set = style_ == KeyStyle::kTask ? task : style_ == KeyStyle::kDebug ? debug : keys;
    return static_cast<uint8_t>(set[drawn % set.size()]);
  }

 private:
  KeyStyle style_;
  uint64_t state_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TOOLS_RANDOM_KEYS_H_
