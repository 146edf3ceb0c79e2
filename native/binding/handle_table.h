// Numbered instances that JavaScript opens and closes explicitly. A number is not reused before 2048 others have had
// its slot, so that use after close is noticed.

#ifndef METAMEM_BINDING_HANDLE_TABLE_H_
#define METAMEM_BINDING_HANDLE_TABLE_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace metamem {

template <typename T>
class HandleTable {
 public:
  int32_t Add(std::unique_ptr<T> value) {
    if (free_.empty()) {
      free_.push_back(static_cast<int32_t>(slots_.size()));
      slots_.emplace_back();
    }
    const int32_t index = free_.back();
    free_.pop_back();
    slots_[index].value = std::move(value);
    return Number(index);
  }

  // Null when the number was never given out, or its instance is closed.
  T* Find(int32_t number) const {
    const int32_t index = number & kIndexMask;
    if (number < 0 || static_cast<size_t>(index) >= slots_.size() || Number(index) != number) return nullptr;
    return slots_[index].value.get();
  }

  // False when there is nothing to close.
  bool Close(int32_t number) {
    if (Find(number) == nullptr) return false;
    const int32_t index = number & kIndexMask;
    slots_[index].value.reset();
    slots_[index].generation = (slots_[index].generation + 1) & kGenerationMask;
    free_.push_back(index);
    return true;
  }

 private:
  static constexpr int kIndexBits = 20;
  static constexpr int32_t kIndexMask = (1 << kIndexBits) - 1;
  static constexpr int32_t kGenerationMask = (1 << (31 - kIndexBits)) - 1;

  struct Slot {
    std::unique_ptr<T> value;
    int32_t generation = 0;
  };

  int32_t Number(int32_t index) const { return slots_[index].generation << kIndexBits | index; }

  std::vector<Slot> slots_;
  std::vector<int32_t> free_;
};

}  // namespace metamem

#endif  // METAMEM_BINDING_HANDLE_TABLE_H_
