#include "nethack/text/contexts.h"

#include <utility>

#include "nethack/text/cursor_text.h"
#include "nethack/text/inventory_text.h"
#include "nethack/text/status_text.h"
#include "nethack/text/step_words.h"

namespace metamem::nethack {

void Contexts::Write(const RawObservation& raw, std::string_view message, const TextOptions& options) {
  WriteLongTerm(raw, message, options.layout);
  WriteShortTerm(raw, options.layout);
  if (!options.step_words) return;
  for (TextBuffer* context : {&long_term_, &short_term_}) {
    std::swap(plain_, *context);
    context->Clear();
    AppendInStepWords(plain_.view(), context);
  }
}

void Contexts::WriteLongTerm(const RawObservation& raw, std::string_view message, TextLayout layout) {
  TextBuffer* out = &long_term_;
  out->Clear();
  out->Append("message:\n");
  out->Append(message);
  out->Append("\n\nlanguage observation:\n");
  surroundings_.Append(raw.glyphs, raw.blstats, out);
  out->Append("\n\ncursor:\n");
  AppendCursorText(*phrases_, raw, out);
  if (layout == TextLayout::kWithMap) {
    out->Append("\n(x=");
    out->AppendNumber(raw.tty_cursor[1]);
    out->Append(", y=");
    out->AppendNumber(raw.tty_cursor[0]);
    out->Append(")\n\nmap:\n");
    AppendMap(raw);
  }
  out->Append('\n');
}

void Contexts::WriteShortTerm(const RawObservation& raw, TextLayout layout) {
  TextBuffer* out = &short_term_;
  out->Clear();
  if (layout == TextLayout::kWithStatistics) {
    out->Append("statistics:\n");
    AppendStatusText(raw.blstats, out);
    out->Append("\n\n");
  }
  out->Append("inventory:\n");
  AppendInventoryText(raw, out);
  out->Append('\n');
}

// The screen without its first row, which is for messages.
void Contexts::AppendMap(const RawObservation& raw) {
  constexpr size_t kLineBytes = kScreenColumns + 1;
  constexpr size_t kLines = kScreenRows - 1;
  char* end = long_term_.Room(kLines * kLineBytes);
  for (size_t row = 1; row < kScreenRows; ++row) {
    memcpy(end, raw.tty_chars + row * kScreenColumns, kScreenColumns);
    end[kScreenColumns] = '\n';
    end += kLineBytes;
  }
  long_term_.Advance(kLines * kLineBytes);
}

}  // namespace metamem::nethack
