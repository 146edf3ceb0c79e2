// What the programs that replay recordings of texts have in common: parts of their lines of input.

#ifndef METAMEM_NETHACK_TEXT_REPLAY_LINES_H_
#define METAMEM_NETHACK_TEXT_REPLAY_LINES_H_

#include <stdio.h>
#include <stdlib.h>

#include <string>
#include <string_view>

#include "nethack/text/contexts.h"
#include "nethack/text/episode.h"
#include "nethack/tools/sha256.h"

namespace metamem::nethack {

inline std::string FromHex(const std::string& digits) {
  std::string bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<char>(strtol(digits.substr(i, 2).c_str(), nullptr, 16)));
  }
  return bytes;
}

// SHA-256 of long text, 0x1E, short text, 0x1F, in hexadecimal. That of a step goes on with StepFlags.
inline std::string HashOfTexts(const Contexts& contexts, const std::string& flags) {
  Sha256 hash;
  const auto add = [&hash](std::string_view bytes) { hash.Update(bytes.data(), bytes.size()); };
  add(contexts.long_term());
  add("\x1e");
  add(contexts.short_term());
  add("\x1f");
  add(flags);
  return hash.Hex();
}

// The reward to four places, `terminated` and `truncated`.
inline std::string StepFlags(const StepResult& step) {
  char flags[64];
  snprintf(flags, sizeof flags, "%.4f,%d,%d", step.reward, step.terminated, step.truncated);
  return flags;
}

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_REPLAY_LINES_H_
