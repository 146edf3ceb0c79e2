#include "minihack/task/task_options.h"

namespace metamem::minihack {

std::string GameOptionsText(const std::string& character, bool autopickup, bool pet) {
  std::string options =
      "color,showexp,nobones,nolegacy,nocmdassist,disclose:+i +a +v +g +c +o,runmode:teleport,mention_walls,nosparkle,"
      "showscore";
  // The game's own default is to pick up everything.
  if (!autopickup) options += ",!autopickup";
  if (!pet) options += ",pettype:none";
  options += ",name:Agent-" + character;
  if (character == "@") options += ",race:random,gender:random,align:random";
  return options;
}

}  // namespace metamem::minihack
