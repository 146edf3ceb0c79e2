// Texts that are almost levels.

#ifndef METAMEM_MINIHACK_LEVEL_TEXT_MUTATOR_H_
#define METAMEM_MINIHACK_LEVEL_TEXT_MUTATOR_H_

#include <stddef.h>
#include <stdint.h>

#include <random>
#include <string>
#include <vector>

namespace metamem::minihack {

// Changes texts the way people and generators do: lines and words go, come twice, change places or move to another
// text; characters and numbers become others. The same for the same seed.
class TextMutator {
 public:
  // `texts`, which is not empty, outlives this.
  TextMutator(const std::vector<std::string>& texts, uint64_t seed) : texts_(texts), random_(seed) {}

  // Any of the texts with one to four changes.
  std::string Next();

 private:
  size_t Below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }
  const std::string& AnyText() { return texts_[Below(texts_.size())]; }
  std::string Piece(const std::string& text) { return text.substr(Below(text.size()), 1 + Below(40)); }

  void ChangeLine(std::string* text);
  void ChangeBytes(std::string* text);
  void Insert(std::string* text, size_t at);

  const std::vector<std::string>& texts_;
  std::mt19937_64 random_;
};

}  // namespace metamem::minihack

#endif  // METAMEM_MINIHACK_LEVEL_TEXT_MUTATOR_H_
