// The benchmark reads the reason of the end off the list of scores as a text: words, wherever lines break.

#include <cstddef>
#include <string_view>
#include <vector>

#include "nethack/shared/observation_layout.h"
#include "nethack/text/progression.h"

namespace metamem::nethack {

namespace {

using Text = std::u32string;

// Reads one character of UTF-8 at `text` and moves on; returns false, having moved past what is broken, where there
// is none. Broken bytes are skipped as a Python decoder that ignores errors skips them.
bool ReadCharacter(std::string_view* text, char32_t* character) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>((*text)[i]); };
  const uint8_t lead = byte(0);
  size_t more = 0;
  uint8_t lowest = 0x80;  // the second byte's range: it keeps out overlong forms, surrogates and what is too large
  uint8_t highest = 0xbf;
  char32_t value = lead;
  if (lead >= 0xc2 && lead <= 0xdf) {
    more = 1;
    value = lead & 0x1fu;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    more = 2;
    value = lead & 0x0fu;
    if (lead == 0xe0) lowest = 0xa0;
    if (lead == 0xed) highest = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    more = 3;
    value = lead & 0x07u;
    if (lead == 0xf0) lowest = 0x90;
    if (lead == 0xf4) highest = 0x8f;
  } else if (lead >= 0x80) {
    text->remove_prefix(1);
    return false;
  }
  size_t used = 1;
  for (; used <= more; ++used) {
    if (used >= text->size() || byte(used) < lowest || byte(used) > highest) {
      text->remove_prefix(used);
      return false;
    }
    value = value << 6 | (byte(used) & 0x3fu);
    lowest = 0x80;
    highest = 0xbf;
  }
  text->remove_prefix(used);
  *character = value;
  return true;
}

Text Decoded(std::string_view bytes) {
  Text text;
  while (!bytes.empty()) {
    char32_t character = 0;
    if (ReadCharacter(&bytes, &character)) text.push_back(character);
  }
  return text;
}

void AppendUtf8(char32_t character, std::string* out) {
  const auto put = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (character < 0x80) return put(character);
  if (character < 0x800) {
    put(0xc0 | character >> 6);
  } else {
    if (character < 0x10000) {
      put(0xe0 | character >> 12);
    } else {
      put(0xf0 | character >> 18);
      put(0x80 | (character >> 12 & 0x3f));
    }
    put(0x80 | (character >> 6 & 0x3f));
  }
  put(0x80 | (character & 0x3f));
}

// As Python's split() and strip() have it.
bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::vector<Text> Words(const Text& text) {
  std::vector<Text> words;
  bool in_word = false;
  for (const char32_t character : text) {
    if (IsSpace(character)) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    words.back().push_back(character);
  }
  return words;
}

Text Joined(const std::vector<Text>& words, size_t first, size_t last) {
  Text text;
  for (size_t i = first; i < last; ++i) {
    if (i > first) text.push_back(U' ');
    text += words[i];
  }
  return text;
}

Text Stripped(const Text& text) {
  size_t first = 0;
  size_t last = text.size();
  while (first < last && IsSpace(text[first])) ++first;
  while (last > first && IsSpace(text[last - 1])) --last;
  return text.substr(first, last - first);
}

void RemoveAll(const Text& part, Text* text) {
  for (size_t at = 0; (at = text->find(part, at)) != Text::npos;) text->erase(at, part.size());
}

}  // namespace

std::string EndReason(EndStatus status, const uint8_t* tty_chars) {
  constexpr size_t kBytes = static_cast<size_t>(kScreenRows) * kScreenColumns;
  constexpr size_t kHeadingWords = 7;
  constexpr size_t kHitPointWords = 2;
  Text screen = Decoded({reinterpret_cast<const char*>(tty_chars), kBytes});
  RemoveAll(U"You made the top ten list!", &screen);
  const std::vector<Text> words = Words(screen);

  // Behind the heading, the points and the name, up to the hit points.
  size_t first = kHeadingWords;
  if (words.size() > first && words[first].compare(0, 5, U"Agent") == 0) ++first;
  const size_t last = words.size() < kHitPointWords ? 0 : words.size() - kHitPointWords;
  const Text sentences = first < last ? Joined(words, first, last) : Text();

  // Of the first sentence only what is before the place.
  const size_t stop = sentences.find(U'.');
  const std::vector<Text> opening = Words(sentences.substr(0, stop));
  size_t place = 0;
  while (place < opening.size() && opening[place] != U"in") ++place;
  const Text rest = stop == Text::npos ? Text() : Stripped(sentences.substr(stop + 1));

  Text reason = status == EndStatus::kAborted ? U"ABORTED: " : U"DEATH: ";
  reason += Joined(opening, 0, place) + U". " + rest;
  std::string utf8;
  for (const char32_t character : Stripped(reason)) AppendUtf8(character, &utf8);
  return utf8;
}

}  // namespace metamem::nethack
