// CRC-32 (IEEE, as zlib's): fingerprints of maps, pictures, generator states and snapshots.

#ifndef METAMEM_CRAFTER_CRC32_H_
#define METAMEM_CRAFTER_CRC32_H_

#include <cstddef>
#include <cstdint>

namespace metamem::crafter {

uint32_t Crc32(const void* data, size_t size);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_CRC32_H_
