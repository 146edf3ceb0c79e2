#include "nethack/host/data_file.h"

#include <iterator>
#include <sstream>

namespace metamem::nethack {
namespace {

// The directory comes first and is small.
constexpr size_t kDirectoryBytes = 64 * 1024;
// Files without which no game starts.
constexpr const char* kNeeded[] = {"dungeon", "options", "quest.dat"};

}  // namespace

std::string DataFileProblem(const uint8_t* data, size_t bytes) {
  std::istringstream text(
      std::string(reinterpret_cast<const char*>(data), bytes < kDirectoryBytes ? bytes : kDirectoryBytes));
  size_t revision = 0;
  size_t count = 0;
  size_t name_bytes = 0;
  size_t first_file = 0;
  size_t total = 0;
  text >> revision >> count >> name_bytes >> first_file >> total;
  if (!text || revision != 1) return "it is no NetHack data library";
  if (total != bytes) {
    return "it has " + std::to_string(bytes) + " bytes where its directory says " + std::to_string(total);
  }
  size_t needed_found = 0;
  size_t last_offset = 0;
  for (size_t i = 0; i < count; ++i) {
    std::string name;
    size_t offset = 0;
    // A name is preceded by one character of handling information.
    if (!(text >> name >> offset) || name.size() < 2 || offset < last_offset || offset > bytes) return "its directory is damaged";
    last_offset = offset;
    for (const char* needed : kNeeded) needed_found += name.compare(1, std::string::npos, needed) == 0 ? 1 : 0;
  }
  if (needed_found != std::size(kNeeded)) return "files are missing in it";
  return "";
}

}  // namespace metamem::nethack
