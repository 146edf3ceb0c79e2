#include "minihack/level/text_limits.h"

#include <string>

namespace metamem::minihack {
namespace {

constexpr std::string_view kMapCharacters = "-|}{+xABCISHKPLWTF\\#. 0123456789";

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool IsAllowedOutsideQuotes(char c) { return (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n'; }

std::string Named(char c) {
  if (c > ' ' && c <= '~') return std::string("'") + c + "'";
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return std::string("byte 0x") + kDigits[byte / 16] + kDigits[byte % 16];
}

// Walks through a text the way the compiler's scanner does.
class Walk {
 public:
  Walk(std::string_view text, CompileError* error) : text_(text), error_(error) {}

  bool Check() {
    while (at_ < text_.size()) {
      const bool at_line_start = at_ == 0 || text_[at_ - 1] == '\n';
      if (at_line_start && !CheckLineStart()) return false;
      if (at_ < text_.size() && !CheckToken()) return false;
    }
    return true;
  }

 private:
  bool Fail(std::string message) {
    *error_ = {line_, std::move(message)};
    return false;
  }

  std::string_view RestOfLine() const { return text_.substr(at_, text_.find('\n', at_) - at_); }

  void SkipLine() {
    const size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++line_;
  }

  // Passes over comments and maps, which are made of whole lines.
  bool CheckLineStart() {
    while (at_ < text_.size()) {
      const std::string_view line = RestOfLine();
      const size_t first = line.find_first_not_of(" \t");
      if (first != std::string_view::npos && line[first] == '#') {
        if (line.size() > kMaxTokenBytes) return Fail("this comment is too long");
        if (line.find('\0') != std::string_view::npos) return Fail("byte 0x00 cannot be used here");
        SkipLine();
      } else if (line == "MAP" || line == "MAP\r") {
        if (!CheckMap()) return false;
      } else {
        return true;
      }
    }
    return true;
  }

  // From the line `MAP` up to, not including, the line that ends the map.
  bool CheckMap() {
    const int first_line = line_;
    size_t bytes = 0;
    for (SkipLine(); at_ < text_.size(); SkipLine()) {
      std::string_view row = RestOfLine();
      if (row.substr(0, 6) == "ENDMAP") return true;
      if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
      const size_t stranger = row.find_first_not_of(kMapCharacters);
      if (stranger != std::string_view::npos) return Fail("a map cannot show " + Named(row[stranger]));
      bytes += row.size() + 1;
      if (row.size() > kMaxTokenBytes || bytes > kMaxMapBytes) return Fail("the map is too large");
    }
    line_ = first_line;
    return Fail("the map that begins here has no ENDMAP");
  }

  bool CheckToken() {
    const char c = text_[at_];
    if (c == '"') return CheckQuoted();
    if (c == '\'') return CheckCharacter();
    if (IsWordCharacter(c) || c == '$') return CheckWord();
    if (!IsAllowedOutsideQuotes(c)) return Fail(Named(c) + " cannot be used here");
    if (c == '\n') ++line_;
    ++at_;
    return true;
  }

  // A quoted text may go on over several lines. A quotation mark without its partner is left to the compiler.
  bool CheckQuoted() {
    const size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) {
      ++at_;
      return true;
    }
    const std::string_view quoted = text_.substr(at_, end + 1 - at_);
    if (quoted.size() > kMaxTokenBytes) return Fail("this quoted text is too long, or has no end");
    if (quoted.find('\0') != std::string_view::npos) return Fail("byte 0x00 cannot be used here");
    for (const char c : quoted) line_ += c == '\n' ? 1 : 0;
    at_ = end + 1;
    return true;
  }

  // '"' is a character, and begins no quoted text.
  bool CheckCharacter() {
    const std::string_view rest = text_.substr(at_, 4);
    const size_t length = rest.size() == 4 && rest[1] == '\\' && rest[3] == '\'' ? 4
                          : rest.size() >= 3 && rest[2] == '\''                  ? 3
                                                                                 : 1;
    for (const char c : rest.substr(0, length)) {
      if (!IsAllowedOutsideQuotes(c)) return Fail(Named(c) + " cannot be used here");
    }
    // A line end is no character, so that the compiler takes the first quotation mark alone.
    at_ += rest.substr(0, length).find('\n') == std::string_view::npos ? length : 1;
    return true;
  }

  bool CheckWord() {
    const size_t start = at_++;
    while (at_ < text_.size() && IsWordCharacter(text_[at_])) ++at_;
    const size_t limit = text_[start] == '$' ? kMaxNameBytes : kMaxTokenBytes;
    return at_ - start <= limit || Fail("this name is too long");
  }

  std::string_view text_;
  CompileError* error_;
  size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

bool CheckText(std::string_view text, CompileError* error) {
  if (text.size() <= kMaxTextBytes) return Walk(text, error).Check();
  *error = {1, "the text is too long (" + std::to_string(text.size()) + " bytes, at most " +
                   std::to_string(kMaxTextBytes) + ")"};
  return false;
}

}  // namespace metamem::minihack
