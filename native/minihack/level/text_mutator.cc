#include "minihack/level/text_mutator.h"

#include <iterator>
#include <string_view>

namespace metamem::minihack {
namespace {

// What the language gives a meaning, or no meaning at all.
constexpr std::string_view kSpice[] = {
    "\"", "'",  "{",    "}",  "(",    ")",         "\n",          "MAP\n", "ENDMAP\n", "$x",
    "\\", "\r", "\xff", "[",  "-1",   "IF[50%]{",  "99999999999", "random", "1000000d9999",
    std::string_view("\0", 1),
};

}  // namespace

std::string TextMutator::Next() {
  std::string text = AnyText();
  for (size_t changes = 1 + Below(4); changes > 0; --changes) {
    if (Below(3) == 0) {
      ChangeBytes(&text);
    } else {
      ChangeLine(&text);
    }
  }
  return text;
}

// So that the text may well still be a level.
void TextMutator::ChangeLine(std::string* text) {
  const size_t line = text->find('\n', Below(text->size()));
  const size_t next = line == std::string::npos ? line : text->find('\n', line + 1);
  if (next == std::string::npos) return;
  switch (Below(3)) {
    case 0:
      text->erase(line, next - line);
      break;
    case 1:
      text->insert(Below(2) == 0 ? line : next, text->substr(line, next - line));
      break;
    case 2: {
      const size_t digit = text->find_first_of("0123456789", line);
      if (digit != std::string::npos) (*text)[digit] = static_cast<char>('0' + Below(10));
      break;
    }
  }
}

void TextMutator::ChangeBytes(std::string* text) {
  const size_t at = Below(text->size() + 1);
  switch (Below(4)) {
    case 0:
      text->erase(at, 1 + Below(20));
      break;
    case 1:
      if (at < text->size()) (*text)[at] = static_cast<char>(Below(256));
      break;
    case 2:
      Insert(text, at);
      break;
    case 3:
      if (Below(4) == 0) text->resize(at);
      break;
  }
}

void TextMutator::Insert(std::string* text, size_t at) {
  switch (Below(5)) {
    case 0:
      text->insert(at, Piece(*text));
      break;
    case 1:
      text->insert(at, Piece(AnyText()));
      break;
    case 2:
      text->insert(at, kSpice[Below(std::size(kSpice))]);
      break;
    case 3: {
      // Now and then very often.
      const std::string piece = Piece(*text);
      for (size_t times = Below(Below(100) == 0 ? 3000 : 30); times > 0; --times) text->insert(at, piece);
      break;
    }
    case 4:
      text->insert(at, Below(700), "a1 (\n#.$"[Below(8)]);
      break;
  }
}

}  // namespace metamem::minihack
