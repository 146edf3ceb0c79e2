// Exact state of a world as bytes, and back.

#ifndef METAMEM_CRAFTER_SNAPSHOT_H_
#define METAMEM_CRAFTER_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "crafter/world.h"

namespace metamem::crafter {

size_t SnapshotSize(const World& world);

// Writes SnapshotSize bytes.
void WriteSnapshot(const World& world, uint8_t* out);

// Restores a world from bytes. Returns an empty string, or says what is wrong with them and changes nothing. Foreign
// bytes are checked completely: version, size, checksum, sizes of the world, every index. Valid only for the build
// that wrote them.
std::string ReadSnapshot(const uint8_t* bytes, size_t size, World* world);

}  // namespace metamem::crafter

#endif  // METAMEM_CRAFTER_SNAPSHOT_H_
