#include "nethack/text/step_words.h"

#include <array>

namespace metamem::nethack {

namespace {

struct Replacement {
  std::string_view words;
  std::string_view by;
};

// Longer ones first where one begins with the other's words.
constexpr Replacement kReplacements[] = {
    {"very far", "9+ steps away"},
    {"very near", "2 steps away"},
    {"far", "5-8 steps away"},
    {"near", "3-4 steps away"},
    {"adjacent", "1 step away (directly reachable)"},
    {"northnortheast", "between north and northeast"},
    {"eastnortheast", "between east and northeast"},
    {"eastsoutheast", "between east and southeast"},
    {"southsoutheast", "between south and southeast"},
    {"southsouthwest", "between south and southwest"},
    {"westsouthwest", "between west and southwest"},
    {"westnorthwest", "between west and northwest"},
    {"northnorthwest", "between north and northwest"},
};

// Bytes of words, as the release's regular expressions take latin-1: letters, digits of any kind, and `_`.
class WordBytes {
 public:
  constexpr WordBytes() : bytes_() {
    for (int c = '0'; c <= '9'; ++c) bytes_[static_cast<size_t>(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c) bytes_[static_cast<size_t>(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c) bytes_[static_cast<size_t>(c)] = true;
    bytes_['_'] = true;
    for (const int c : {0xaa, 0xb2, 0xb3, 0xb5, 0xb9, 0xba, 0xbc, 0xbd, 0xbe}) bytes_[static_cast<size_t>(c)] = true;
    for (int c = 0xc0; c <= 0xff; ++c) bytes_[static_cast<size_t>(c)] = c != 0xd7 && c != 0xf7;
  }

  bool Has(char byte) const { return bytes_[static_cast<uint8_t>(byte)]; }

 private:
  std::array<bool, 256> bytes_;
};

constexpr WordBytes kWordBytes;

bool MayBegin(char letter) {
  switch (letter) {
    case 'a':
    case 'e':
    case 'f':
    case 'n':
    case 's':
    case 'v':
    case 'w': return true;
    default: return false;
  }
}

// What replaces the words `text` begins with, or null.
const Replacement* FindReplacement(std::string_view text) {
  for (const Replacement& replacement : kReplacements) {
    const size_t size = replacement.words.size();
    if (text.substr(0, size) != replacement.words) continue;
    if (text.size() == size || !kWordBytes.Has(text[size])) return &replacement;
  }
  return nullptr;
}

}  // namespace

void AppendInStepWords(std::string_view text, TextBuffer* out) {
  size_t copied = 0;
  bool in_word = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts_word = !in_word && MayBegin(text[i]);
    in_word = kWordBytes.Has(text[i]);
    if (!starts_word) continue;
    const Replacement* replacement = FindReplacement(text.substr(i));
    if (replacement == nullptr) continue;
    out->Append(text.substr(copied, i - copied));
    out->Append(replacement->by);
    copied = i + replacement->words.size();
    i = copied - 1;
  }
  out->Append(text.substr(copied));
}

}  // namespace metamem::nethack
