// The actions of the benchmark's NetHack: the words an agent says, and the key that is pressed for them.

#ifndef METAMEM_NETHACK_TEXT_ACTIONS_H_
#define METAMEM_NETHACK_TEXT_ACTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metamem::nethack {

inline constexpr size_t kMaxActionNames = 3;

struct Action {
  // The first is how the benchmark calls it; unused places are empty.
  std::string_view names[kMaxActionNames];
  uint8_t key;    // what the game gets
  uint8_t index;  // in the environment's list of actions
  // Whether the benchmark accepts the first name from an agent.
  bool is_offered;
};

inline constexpr size_t kActions = 118;
extern const Action kActionTable[kActions];

// Pressed for whatever an agent says that is no valid action.
const Action& DefaultAction();

// Pressed to read on.
const Action& MoreAction();

// The action that goes by the name, exactly as written; null if there is none.
const Action* FindAction(std::string_view name);

// What the benchmark's agents may say, in its order: the first names of offered actions, then `a` ... `z`, `A` ...
// `Z`, `0` ... `9`. It also lists `00` ... `99`, which nothing can execute: here those are not valid.
inline constexpr size_t kValidNames = 148;
std::string_view ValidName(size_t index);

// The action for a valid name; null for all other texts, which the benchmark replaces by the default action.
const Action* FindValidAction(std::string_view name);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_ACTIONS_H_
