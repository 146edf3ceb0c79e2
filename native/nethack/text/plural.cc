#include "nethack/text/plural.h"

namespace metamem::nethack {

namespace {

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsVowel(char letter) { return std::string_view("aeiou").find(letter) != std::string_view::npos; }

constexpr std::string_view kUnchangedEnds[] = {"boots", "shoes", "scales", "lenses", "bars"};

struct Irregular {
  std::string_view singular;
  std::string_view plural;
};

constexpr Irregular kIrregulars[] = {
    {"can of grease", "cans of grease"},
    {"Master of Thieves", "Masters of Thieves"},
    {"ice", "area of ice"},
    {"lava", "area of lava"},
};

// Phrases whose first words take the plural.
constexpr std::string_view kInflectedStarts[] = {"boom",   "shield",          "swallow",
                                                 "scroll", "worthless piece", "unknown creature"};

std::string PluralOfEnd(std::string_view phrase) {
  const char last = phrase.back();
  const char before = phrase[phrase.size() - 2];
  if (last == 'y' && !IsVowel(before)) return std::string(phrase.substr(0, phrase.size() - 1)) + "ies";
  if (last == 'z' || last == 'x' || EndsWith(phrase, "sh")) return std::string(phrase) + "es";
  if (last == 'f') return std::string(phrase.substr(0, phrase.size() - (before == 'f' ? 2 : 1))) + "ves";
  if (last == 's') return std::string(phrase) + "es";
  return std::string(phrase) + "s";
}

}  // namespace

std::string Plural(std::string_view phrase) {
  for (const std::string_view end : kUnchangedEnds) {
    if (EndsWith(phrase, end)) return std::string(phrase);
  }
  for (const Irregular& irregular : kIrregulars) {
    if (phrase == irregular.singular) return std::string(irregular.plural);
  }
  for (const std::string_view start : kInflectedStarts) {
    if (phrase.size() > start.size() && phrase.substr(0, start.size()) == start && phrase[start.size()] == ' ') {
      return std::string(start) + "s" + std::string(phrase.substr(start.size()));
    }
  }
  return PluralOfEnd(phrase);
}

}  // namespace metamem::nethack
