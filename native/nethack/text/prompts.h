// What the Learning Environment presses by itself: pages are turned, inputs left, questions declined, games quit.

#ifndef METAMEM_NETHACK_TEXT_PROMPTS_H_
#define METAMEM_NETHACK_TEXT_PROMPTS_H_

#include "nethack/host/game.h"
#include "nethack/text/raw_observation.h"

namespace metamem::nethack {

// Which questions of the game stay open for the player's next key.
enum class OpenQuestions {
  kAll,
  kNamed,  // those about eating, attacking, praying, and a direction; the game must be asked for its message
  kNone
};

// Starts anew and passes the pages a game begins with.
GameError BeginPlay(Game* game, const RawObservation& raw, const GameSeeds& seeds);

// Turns pages and leaves inputs until there is nothing but a question, or play goes on, or the game is over. A question
// ends this, declined or not, whatever comes after it.
GameError PassPages(Game* game, const RawObservation& raw, OpenQuestions open);

// Gives the game up, so that the observation is that of an ended one. Where this does not succeed the game simply stays
// as it is.
GameError Quit(Game* game, const RawObservation& raw);

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_TEXT_PROMPTS_H_
