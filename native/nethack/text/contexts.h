// The two texts an agent reads each step: the long-term and the short-term context.

#ifndef METAMEM_NETHACK_TEXT_CONTEXTS_H_
#define METAMEM_NETHACK_TEXT_CONTEXTS_H_

#include <memory>
#include <string_view>

#include "nethack/text/glyph_phrases.h"
#include "nethack/text/raw_observation.h"
#include "nethack/text/surroundings.h"
#include "nethack/text/text_buffer.h"

namespace metamem::nethack {

enum class TextLayout {
  kWithMap,        // for agents that only read: the screen's map is part of the text
  kWithStatistics  // for agents that also see a picture: statistics instead of the map
};

struct TextOptions {
  TextLayout layout = TextLayout::kWithMap;
  // Distances and directions in the words of the published release, see step_words.h.
  bool step_words = false;
};

// Writes both contexts into memory that is reused. One object serves any number of games, one after the other.
class Contexts {
 public:
  explicit Contexts(std::shared_ptr<const GlyphPhrases> phrases)
      : phrases_(phrases), surroundings_(std::move(phrases)) {}

  // `message` is what the agent gets as message; it may hold several pages of a screen.
  void Write(const RawObservation& raw, std::string_view message, const TextOptions& options);

  // Latin-1; valid until the next Write().
  std::string_view long_term() const { return long_term_.view(); }
  std::string_view short_term() const { return short_term_.view(); }

 private:
  void WriteLongTerm(const RawObservation& raw, std::string_view message, TextLayout layout);
  void WriteShortTerm(const RawObservation& raw, TextLayout layout);
  void AppendMap(const RawObservation& raw);

  std::shared_ptr<const GlyphPhrases> phrases_;
  Surroundings surroundings_;
  TextBuffer long_term_;
  TextBuffer short_term_;
  TextBuffer plain_;  // a context before its words are replaced
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_CONTEXTS_H_
