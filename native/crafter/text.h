// The observation text of the benchmark's language wrapper, byte for byte.

#ifndef METAMEM_CRAFTER_TEXT_H_
#define METAMEM_CRAFTER_TEXT_H_

#include <string>

#include "crafter/world.h"

namespace metamem::crafter {

struct TextOptions {
  // Only the nearest cell of each name.
  bool unique = true;
  // `1 step south and 4 steps west` instead of `5 steps to your south-west`.
  bool precise = false;
  // Semantic ids that are not mentioned.
  IdSet skip = 0;
  // Semantic ids of which only cells at the edge of their patch are mentioned.
  IdSet edge_only = 0;
  // An option names something that does not exist: the wrapper then reports an error in place of every long text.
  bool unknown_name = false;
};

// Replaces `out` by what is around and in front of the player.
void WriteLongText(const World& world, const TextOptions& options, std::string* out);

// Replaces `out` by vitals and inventory.
void WriteShortText(const World& world, std::string* out);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_TEXT_H_
