#include "nethack/host/elf_file.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

namespace metamem::nethack {
namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
constexpr unsigned kRelative = R_X86_64_RELATIVE;
constexpr unsigned kSymbolKinds[] = {R_X86_64_GLOB_DAT, R_X86_64_JUMP_SLOT, R_X86_64_64};
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
constexpr unsigned kRelative = R_AARCH64_RELATIVE;
constexpr unsigned kSymbolKinds[] = {R_AARCH64_GLOB_DAT, R_AARCH64_JUMP_SLOT, R_AARCH64_ABS64};
#endif

// Not in the headers of older systems.
constexpr int64_t kDynamicRelr = 36;
constexpr int64_t kDynamicRelrBytes = 35;

// What libraries may use of the C library: functions of their arguments (and of the locale, and errno).
constexpr const char* kImports[] = {
    "__ctype_b_loc",     "__ctype_tolower_loc", "__ctype_toupper_loc", "__errno_location", "__isoc23_sscanf",
    "__isoc23_strtol",   "__isoc99_sscanf",     "memchr",              "memcmp",           "memcpy",
    "memmove",           "memset",              "qsort",               "regcomp",          "regerror",
    "regexec",           "regfree",             "snprintf",            "sprintf",          "sscanf",
    "stpcpy",            "strcasecmp",          "strcat",              "strchr",           "strcmp",
    "strcpy",            "strlen",              "strncasecmp",         "strncat",          "strncmp",
    "strncpy",           "strnlen",             "strrchr",             "strstr",           "strtol",
    "vsnprintf",         "vsprintf",
};

size_t PageBytes() {
  static const size_t bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}
size_t PageDown(size_t value) { return value / PageBytes() * PageBytes(); }
size_t PageUp(size_t value) { return PageDown(value + PageBytes() - 1); }

bool MayImport(const char* name) {
  return std::any_of(std::begin(kImports), std::end(kImports),
                     [name](const char* allowed) { return strcmp(name, allowed) == 0; });
}

}  // namespace

bool ElfFile::Fail(const std::string& reason) {
  *problem_ = reason;
  return false;
}

template <typename T>
const T* ElfFile::At(size_t offset, size_t count) const {
  if (offset > file_bytes_ || count > (file_bytes_ - offset) / sizeof(T)) return nullptr;
  return reinterpret_cast<const T*>(file_ + offset);
}

const uint8_t* ElfFile::AtAddress(size_t address, size_t bytes) const {
  if (address >= data_address_ && address - data_address_ <= initial_data_.size()) {
    const size_t offset = address - data_address_;
    return bytes <= initial_data_.size() - offset ? initial_data_.data() + offset : nullptr;
  }
  for (const ReadOnlySegment& segment : read_only_) {
    if (address < segment.address || address - segment.address > segment.bytes) continue;
    const size_t offset = address - segment.address;
    if (bytes > segment.bytes - offset) return nullptr;
    return At<uint8_t>(segment.file_offset + offset, bytes);
  }
  return nullptr;
}

bool ElfFile::Read(const uint8_t* file, size_t bytes, const char* entry_symbol, std::string* problem) {
  file_ = file;
  file_bytes_ = bytes;
  entry_symbol_ = entry_symbol;
  problem_ = problem;
  const auto* header = At<ElfW(Ehdr)>(0);
  if (header == nullptr || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return Fail("it is no ELF file");
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != kMachine || header->e_type != ET_DYN) {
    return Fail("it is no shared library for this machine");
  }
  return ReadSegments() && ReadDynamic();
}

bool ElfFile::ReadSegments() {
  const auto* header = At<ElfW(Ehdr)>(0);
  const auto* programs = At<ElfW(Phdr)>(header->e_phoff, header->e_phnum);
  if (programs == nullptr) return Fail("its header is damaged");
  for (int i = 0; i < header->e_phnum; ++i) {
    const ElfW(Phdr)& program = programs[i];
    if (program.p_type == PT_TLS) return Fail("it has thread-local data");
    if (program.p_type != PT_LOAD) continue;
    if (At<uint8_t>(program.p_offset, program.p_filesz) == nullptr) return Fail("it is truncated");
    image_bytes_ = std::max(image_bytes_, PageUp(program.p_vaddr + program.p_memsz));
    if ((program.p_flags & PF_W) != 0) {
      if (!TakeDataSegment(program)) return false;
      continue;
    }
    const size_t slack = program.p_vaddr - PageDown(program.p_vaddr);
    if (program.p_offset < slack || (program.p_offset - slack) % PageBytes() != 0) {
      return Fail("its segments are not aligned to pages");
    }
    read_only_.push_back({program.p_offset - slack, program.p_vaddr - slack, program.p_filesz + slack,
                          PROT_READ | ((program.p_flags & PF_X) != 0 ? PROT_EXEC : 0)});
  }
  return data_bytes_ > 0 || Fail("it has no data");
}

bool ElfFile::TakeDataSegment(const ElfW(Phdr) & program) {
  if (data_bytes_ > 0) return Fail("it has more than one writable segment");
  data_address_ = PageDown(program.p_vaddr);
  data_bytes_ = PageUp(program.p_vaddr + program.p_memsz) - data_address_;
  initial_data_.assign(program.p_vaddr - data_address_, 0);
  const uint8_t* content = file_ + program.p_offset;
  initial_data_.insert(initial_data_.end(), content, content + program.p_filesz);
  return true;
}

bool ElfFile::ReadDynamic() {
  const auto* header = At<ElfW(Ehdr)>(0);
  const auto* programs = At<ElfW(Phdr)>(header->e_phoff, header->e_phnum);
  const auto* dynamic = std::find_if(programs, programs + header->e_phnum,
                                     [](const ElfW(Phdr) & program) { return program.p_type == PT_DYNAMIC; });
  if (dynamic == programs + header->e_phnum) return Fail("it is no dynamic library");
  const auto* entries = At<ElfW(Dyn)>(dynamic->p_offset, dynamic->p_filesz / sizeof(ElfW(Dyn)));
  if (entries == nullptr) return Fail("it is truncated");
  size_t value[kDynamicRelr + 1] = {};
  for (const auto* entry = entries; entry < entries + dynamic->p_filesz / sizeof(ElfW(Dyn)); ++entry) {
    if (entry->d_tag == DT_NULL) break;
    if (entry->d_tag > 0 && entry->d_tag <= kDynamicRelr) value[entry->d_tag] = entry->d_un.d_val;
  }
  if (value[DT_INIT] != 0 || value[DT_INIT_ARRAYSZ] != 0 || value[DT_FINI_ARRAYSZ] != 0) {
    return Fail("it has code to run when loaded");
  }
  symbols_ = value[DT_SYMTAB];
  strings_ = value[DT_STRTAB];
  strings_bytes_ = value[DT_STRSZ];
  if (strings_ < symbols_ || AtAddress(strings_, strings_bytes_) == nullptr) return Fail("its symbols are damaged");
  return ReadRelocations(value[DT_RELA], value[DT_RELASZ]) && ReadRelocations(value[DT_JMPREL], value[DT_PLTRELSZ]) &&
         ReadPackedRelocations(value[kDynamicRelr], value[kDynamicRelrBytes]) &&
         // The linker puts the strings right after the symbols, or a little later.
         FindEntry((strings_ - symbols_) / sizeof(ElfW(Sym)));
}

bool ElfFile::ReadRelocations(size_t address, size_t bytes) {
  if (bytes == 0) return true;
  const auto* first = reinterpret_cast<const ElfW(Rela)*>(AtAddress(address, bytes));
  if (first == nullptr) return Fail("its relocations are damaged");
  return std::all_of(first, first + bytes / sizeof *first, [this](const ElfW(Rela) & rela) {
    return Relocate(rela.r_offset, ELF64_R_TYPE(rela.r_info), ELF64_R_SYM(rela.r_info),
                    static_cast<uintptr_t>(rela.r_addend));
  });
}

// Packed form: an even word is the address of one relocated word; an odd word is a bit mask for the 63 words after
// the last one. Addends lie in place.
bool ElfFile::ReadPackedRelocations(size_t address, size_t bytes) {
  if (bytes == 0) return true;
  const auto* words = reinterpret_cast<const uint64_t*>(AtAddress(address, bytes));
  if (words == nullptr) return Fail("its relocations are damaged");
  constexpr size_t kWord = sizeof(uint64_t);
  size_t next = 0;
  auto add = [this](size_t at) {
    const uint8_t* place = AtAddress(at, kWord);
    uintptr_t addend = 0;
    if (place != nullptr) memcpy(&addend, place, kWord);
    return AddRelative(at, addend);
  };
  for (size_t i = 0; i < bytes / kWord; ++i) {
    if ((words[i] & 1) == 0) {
      if (!add(words[i])) return false;
      next = words[i] + kWord;
      continue;
    }
    for (size_t bit = 1; bit < 64; ++bit) {
      if ((words[i] >> bit & 1) != 0 && !add(next + (bit - 1) * kWord)) return false;
    }
    next += 63 * kWord;
  }
  return true;
}

bool ElfFile::Relocate(size_t address, unsigned type, size_t symbol, uintptr_t addend) {
  if (type == kRelative) return AddRelative(address, addend);
  const bool is_symbol = std::find(std::begin(kSymbolKinds), std::end(kSymbolKinds), type) != std::end(kSymbolKinds);
  if (!is_symbol || addend != 0) return Fail("it has relocations of kind " + std::to_string(type));
  return Bind(address, symbol);
}

bool ElfFile::AddRelative(size_t address, uintptr_t addend) {
  const size_t offset = address - data_address_;
  if (address < data_address_ || offset + sizeof addend > data_bytes_) return Fail("it relocates read-only data");
  relative_words_.push_back({offset, addend});
  return true;
}

bool ElfFile::Bind(size_t address, size_t symbol) {
  const uint8_t* entry = AtAddress(symbols_ + symbol * sizeof(ElfW(Sym)), sizeof(ElfW(Sym)));
  const size_t offset = address - data_address_;
  if (entry == nullptr || address < data_address_ || offset + sizeof(uintptr_t) > initial_data_.size()) {
    return Fail("its symbols are damaged");
  }
  ElfW(Sym) imported;
  memcpy(&imported, entry, sizeof imported);
  if (imported.st_name >= strings_bytes_) return Fail("its symbols are damaged");
  if (imported.st_shndx != SHN_UNDEF) return AddRelative(address, imported.st_value);
  const char* name = reinterpret_cast<const char*>(AtAddress(strings_ + imported.st_name, 1));
  const bool is_weak = ELF64_ST_BIND(imported.st_info) == STB_WEAK;
  uintptr_t value = 0;
  if (MayImport(name)) value = reinterpret_cast<uintptr_t>(dlsym(RTLD_DEFAULT, name));
  if (value == 0 && !is_weak) return Fail(std::string("it wants ") + name + " from outside");
  memcpy(initial_data_.data() + offset, &value, sizeof value);
  return true;
}

bool ElfFile::FindEntry(size_t symbol_count) {
  const uint8_t* first = AtAddress(symbols_, symbol_count * sizeof(ElfW(Sym)));
  if (first == nullptr) return Fail("its symbols are damaged");
  const size_t name_bytes = strlen(entry_symbol_) + 1;
  for (size_t i = 0; i < symbol_count; ++i) {
    ElfW(Sym) symbol;
    memcpy(&symbol, first + i * sizeof symbol, sizeof symbol);
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_name + name_bytes > strings_bytes_) continue;
    if (memcmp(AtAddress(strings_ + symbol.st_name, 1), entry_symbol_, name_bytes) != 0) continue;
    entry_ = symbol.st_value;
    return true;
  }
  return Fail(std::string("it does not export ") + entry_symbol_);
}

}  // namespace metamem::nethack
