#include "nethack/text/screen_message.h"

#include <algorithm>
#include <string_view>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

namespace {

constexpr std::string_view kMore = "--More--";
constexpr std::string_view kEnd = "(end)";
constexpr std::string_view kOf = " of ";

// A text without blanks at its ends. Text of which only the very last byte is no blank is lost altogether, as in the
// benchmark.
std::string_view Trimmed(std::string_view text) {
  const auto is_blank = [](char byte) { return byte == ' ' || byte == '\x1a'; };
  size_t first = 0;
  size_t last = text.size();
  while (first < last && is_blank(text[first])) ++first;
  if (first + 1 >= last) return {};
  while (is_blank(text[last - 1])) --last;
  return text.substr(first, last - first);
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Whether a page ends here: `--More--`, `(end)`, or `(1 of 2)` with numbers of one digit.
bool EndsPage(std::string_view row) {
  const size_t of = row.find(kOf);
  if (of != std::string_view::npos && of >= 2 && row[of - 2] == '(' && of + 5 < row.size() && row[of + 5] == ')') {
    return true;
  }
  return Contains(row, kMore) || Contains(row, kEnd);
}

// False only where no row can end a page: none holds two neighbours that every end of a page has. Nearly all screens
// are like that, and this is much faster than looking at the rows one by one.
bool MayEndPage(const uint8_t* tty_chars) {
  constexpr int kBytes = kScreenRows * kScreenColumns;
  constexpr int kChunk = 65;
  // Chunks overlap by a byte, so that each pair is in one of them.
  for (int begin = 0; begin + 1 < kBytes; begin += kChunk - 1) {
    const uint8_t* bytes = tty_chars + std::min(begin, kBytes - kChunk);
    uint8_t found = 0;
    for (int i = 0; i + 1 < kChunk; ++i) {
      const auto is_pair = [bytes, i](char first, char second) {
        return static_cast<uint8_t>((bytes[i] == first) & (bytes[i + 1] == second));
      };
      found |= is_pair('M', 'o') | is_pair('d', ')') | is_pair('o', 'f');
    }
    if (found != 0) return true;
  }
  return false;
}

// The rows of a page that begins in column `indent`.
class Page {
 public:
  Page(const uint8_t* tty_chars, size_t indent)
      : screen_(reinterpret_cast<const char*>(tty_chars), kScreenRows * kScreenColumns), indent_(indent) {}

  // Where the first row is blank the page begins one byte before each row, which for the first row is a zero byte.
  std::string_view Row(size_t row) const {
    constexpr std::string_view kZeroByte("\0", 1);
    const size_t begin = row * kScreenColumns;
    if (indent_ != std::string_view::npos) return Trimmed(screen_.substr(begin + indent_, kScreenColumns - indent_));
    return row == 0 ? kZeroByte : Trimmed(screen_.substr(begin - 1, kScreenColumns + 1));
  }

 private:
  std::string_view screen_;
  size_t indent_;
};

}  // namespace

void AppendScreenMessage(const uint8_t* tty_chars, std::string* out) {
  const std::string_view screen(reinterpret_cast<const char*>(tty_chars), kScreenRows * kScreenColumns);
  const std::string_view first_row = screen.substr(0, kScreenColumns);
  const std::string_view message = Trimmed(first_row);
  const std::string_view second = Trimmed(screen.substr(kScreenColumns, kScreenColumns));
  if (message.empty() && second.empty()) return;

  // The list of scores has no mark at its end, only blank rows.
  const bool is_death_screen = Contains(second, "Points") || Contains(second, "list!");
  if (!is_death_screen && !MayEndPage(tty_chars)) {
    out->append(message);
    return;
  }

  const Page page(tty_chars, first_row.find_first_not_of(' '));
  const size_t begin = out->size();
  int blank_rows = 0;
  for (size_t i = 0; i < kScreenRows; ++i) {
    const std::string_view row = page.Row(i);
    out->append(row);
    if (EndsPage(row)) return;
    if (!row.empty()) out->push_back('\n');
    blank_rows = row.empty() ? blank_rows + 1 : 0;
    if (is_death_screen && blank_rows > 1) return;
  }
  out->resize(begin);
  out->append(message);
}

}  // namespace metamem::nethack
