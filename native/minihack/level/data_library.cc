#include "minihack/level/data_library.h"

#include <stdio.h>
#include <string.h>

#include <array>
#include <sstream>

#include "nethack/host/shared_file.h"

namespace metamem::minihack {
namespace {

// Upstream's packer lists the directory as the first entry.
constexpr char kDirectoryName[] = "Directory";
constexpr int kRevision = 1;

struct Member {
  const char* name;
  const std::vector<uint8_t>* content;
};

using Members = std::array<Member, 3>;

struct Directory {
  size_t total = 0;
  std::vector<std::string> names;
  std::vector<size_t> starts;
};

// False when the bytes do not begin with a directory that fits them.
bool ReadDirectory(const uint8_t* data, size_t bytes, Directory* directory) {
  std::istringstream text(std::string(reinterpret_cast<const char*>(data), bytes < 4096 ? bytes : 4096));
  size_t revision = 0, count = 0, name_bytes = 0, first = 0;
  text >> revision >> count >> name_bytes >> first >> directory->total;
  if (!text || revision != kRevision || directory->total != bytes) return false;
  for (size_t i = 0; i < count; ++i) {
    std::string name;
    size_t start = 0;
    // A name is preceded by one character of handling information.
    if (!(text >> name >> start) || name.empty() || start > bytes) return false;
    if (!directory->starts.empty() && start < directory->starts.back()) return false;
    directory->names.push_back(name.substr(1));
    directory->starts.push_back(start);
  }
  return true;
}

// The member's bytes; empty when there is none of this name.
std::vector<uint8_t> ReadMember(const Directory& directory, const uint8_t* data, const std::string& name) {
  for (size_t i = 0; i < directory.names.size(); ++i) {
    if (directory.names[i] != name) continue;
    const size_t end = i + 1 < directory.starts.size() ? directory.starts[i + 1] : directory.total;
    return std::vector<uint8_t>(data + directory.starts[i], data + end);
  }
  return {};
}

// The directory as upstream's packer writes it. Its lines have a fixed width but for the names.
std::string DirectoryText(const Members& members) {
  constexpr size_t kHeaderBytes = 40;
  constexpr size_t kBesideName = 11;
  const size_t entries = members.size() + 1;
  size_t letters = strlen(kDirectoryName);
  size_t content_bytes = 0;
  for (const Member& member : members) {
    letters += strlen(member.name);
    content_bytes += member.content->size();
  }
  size_t start = kHeaderBytes + letters + entries * kBesideName;

  char line[kHeaderBytes * 2];
  snprintf(line, sizeof line, "%3d %8zu %8zu %8zu %8zu\n", kRevision, entries, letters + entries, start,
           start + content_bytes);
  std::string text = line;
  const auto add_entry = [&](const char* name, size_t offset) {
    snprintf(line, sizeof line, "n%s %8zu\n", name, offset);
    text += line;
  };
  add_entry(kDirectoryName, 0);
  for (const Member& member : members) {
    add_entry(member.name, start);
    start += member.content->size();
  }
  return text;
}

}  // namespace

std::shared_ptr<const DataLibraryBase> DataLibraryBase::Open(const std::string& path, std::string* problem) {
  const auto file = nethack::SharedFile::Open(path, problem);
  if (file == nullptr) return nullptr;
  std::shared_ptr<DataLibraryBase> base(new DataLibraryBase);
  Directory directory;
  if (ReadDirectory(file->data(), file->bytes(), &directory)) {
    base->dungeon_ = ReadMember(directory, file->data(), "dungeon");
    base->quest_ = ReadMember(directory, file->data(), "quest.dat");
  }
  if (!base->dungeon_.empty() && !base->quest_.empty()) return base;
  *problem = path + ": it is no data library of MiniHack";
  return nullptr;
}

std::vector<uint8_t> ComposeDataLibrary(const DataLibraryBase& base, const std::vector<uint8_t>& level_bytes) {
  const Members members = {{{"dungeon", &base.dungeon()}, {"mylevel.lev", &level_bytes}, {"quest.dat", &base.quest()}}};
  const std::string directory = DirectoryText(members);
  size_t total = directory.size();
  for (const Member& member : members) total += member.content->size();
  std::vector<uint8_t> library;
  library.reserve(total);
  library.assign(directory.begin(), directory.end());
  for (const Member& member : members) {
    library.insert(library.end(), member.content->begin(), member.content->end());
  }
  return library;
}

}  // namespace metamem::minihack
