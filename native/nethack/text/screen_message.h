// The message on the terminal, be it one line, a menu or a whole page.

#ifndef METAMEM_NETHACK_TEXT_SCREEN_MESSAGE_H_
#define METAMEM_NETHACK_TEXT_SCREEN_MESSAGE_H_

#include <cstdint>
#include <string>

namespace metamem::nethack {

// Appends what the benchmark takes for the message of a screen of 24 rows of 80 bytes.
void AppendScreenMessage(const uint8_t* tty_chars, std::string* out);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_SCREEN_MESSAGE_H_
