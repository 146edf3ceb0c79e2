#include "nethack/text/inventory_text.h"

namespace metamem::nethack {

void AppendInventoryText(const RawObservation& raw, TextBuffer* out) {
  constexpr size_t kAllBytes = static_cast<size_t>(kInventorySlots) * kInventoryTextBytes;
  const char* texts = reinterpret_cast<const char*>(raw.inv_strs);
  for (size_t slot = 0; slot < kInventorySlots && raw.inv_letters[slot] != 0; ++slot) {
    if (slot > 0) out->Append('\n');
    out->Append(static_cast<char>(raw.inv_letters[slot]));
    out->Append(": ");
    // A name that fills its slot has no zero byte at its end and goes on in the next slot.
    const size_t begin = slot * kInventoryTextBytes;
    out->Append({texts + begin, strnlen(texts + begin, kAllBytes - begin)});
  }
}

}  // namespace metamem::nethack
