// Bytes that are written anew every step into memory that stays.

#ifndef METAMEM_NETHACK_TEXT_TEXT_BUFFER_H_
#define METAMEM_NETHACK_TEXT_TEXT_BUFFER_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace metamem::nethack {

// All texts are bytes of the terminal's character set, which reads as latin-1; they may hold zero bytes.
class TextBuffer {
 public:
  std::string_view view() const { return {data_.get(), size_}; }
  size_t size() const { return size_; }
  char* data() { return data_.get(); }

  void Clear() { size_ = 0; }
  void Truncate(size_t size) { size_ = size; }

  // Where the next bytes go, with room for `bytes` of them; they count once Advance() was called.
  char* Room(size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return data_.get() + size_;
  }
  void Advance(size_t bytes) { size_ += bytes; }

  void Append(std::string_view text) {
    if (text.empty()) return;
    memcpy(Room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void Append(const uint8_t* bytes, size_t count) { Append({reinterpret_cast<const char*>(bytes), count}); }
  void Append(char byte) {
    *Room(1) = byte;
    ++size_;
  }
  void AppendNumber(int64_t number) {
    constexpr size_t kDigits = 20;
    char* end = Room(kDigits);
    size_ += static_cast<size_t>(std::to_chars(end, end + kDigits, number).ptr - end);
  }

 private:
  void Grow(size_t bytes) {
    const size_t capacity = (size_ + bytes) * 2 + kFirstCapacity;
    std::unique_ptr<char[]> data(new char[capacity]);
    if (size_ > 0) memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  static constexpr size_t kFirstCapacity = 2048;

  std::unique_ptr<char[]> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_TEXT_BUFFER_H_
