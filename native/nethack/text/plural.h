// The benchmark's idea of plurals.

#ifndef METAMEM_NETHACK_TEXT_PLURAL_H_
#define METAMEM_NETHACK_TEXT_PLURAL_H_

#include <string>
#include <string_view>

namespace metamem::nethack {

// Applied to a whole phrase, right or wrong: `tame jackals`, `leather gloveses`. Phrases have two bytes or more.
std::string Plural(std::string_view phrase);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_PLURAL_H_
