// Copies what the windows hold into the caller's block, at every key request.

#ifndef METAMEM_NETHACK_GAME_OBSERVATION_WRITER_H_
#define METAMEM_NETHACK_GAME_OBSERVATION_WRITER_H_

namespace metamem::nethack {

// What the game is waiting for, as far as the observations tell.
struct PromptState {
  bool in_yn_function;
  bool in_getlin;
  // The newest text of the message window since it was cleared.
  char last_message[257];  // zero terminated
};

extern PromptState g_prompt;

// Writes all wanted observations.
void WriteObservations();

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_GAME_OBSERVATION_WRITER_H_
