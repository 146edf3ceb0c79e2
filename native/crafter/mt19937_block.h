// Regeneration of the Mersenne Twister's 624-word block, in the widest vectors the running CPU has. A dark step of the
// benchmark throws away 317 blocks, which is nearly all of its time.

#ifndef METAMEM_CRAFTER_MT19937_BLOCK_H_
#define METAMEM_CRAFTER_MT19937_BLOCK_H_

#include <cstdint>
#include <vector>

namespace metamem::crafter {

// Replaces the 624 words by their successors, `blocks` times over.
void RegenerateBlocks(uint32_t* words, uint64_t blocks);

// One way of computing a block.
struct RegenerationPath {
  const char* name;  // "avx512", "avx2" or "portable"
  bool supported;    // by the running CPU
  void (*run)(uint32_t* words, uint64_t blocks);
};

// All paths of this build, the fastest first; the first supported one is in use.
const std::vector<RegenerationPath>& RegenerationPaths();

// Whether a path computes what the generator's definition says. For tests: only one path runs in play.
bool RegeneratesCorrectly(const RegenerationPath& path);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_MT19937_BLOCK_H_
