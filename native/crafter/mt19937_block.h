// Regeneration of the Mersenne Twister's 624-word block, in the widest vectors the running CPU has. A dark step of the
// benchmark throws away 317 blocks, which is nearly all of its time.

#ifndef METAMEM_CRAFTER_MT19937_BLOCK_H_
#define METAMEM_CRAFTER_MT19937_BLOCK_H_

#include <cstdint>

namespace metamem::crafter {

// Replaces the 624 words by their successors, `blocks` times over.
void RegenerateBlocks(uint32_t* words, uint64_t blocks);

// Name of the code path chosen for this CPU: "avx512", "avx2" or "portable".
const char* RegenerationPath();

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_MT19937_BLOCK_H_
