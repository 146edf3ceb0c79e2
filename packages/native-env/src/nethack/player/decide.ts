import { answer } from "./answer.ts";
import { dig, goDown, guessDown, headDown, outrun } from "./descend.ts";
import { explore } from "./explore.ts";
import { directions } from "./geometry.ts";
import { castBolt, shoot, takeBow, zapSleep } from "./ranged.ts";
import { act, type Decision, type Scene } from "./scene.ts";
import { search } from "./search.ts";
import { drink, eat, feast, fight, pray, rearm, rest, waitForGod } from "./survive.ts";
import { takeTool } from "./tool.ts";

/** What to do now. Pursuits in the order of their urgency; the first that has something to do decides. */
export function decide(scene: Scene): Decision {
  const said = answer(scene);
  if (said !== null) return said;
  if (scene.known.idle > 6) return scene.known.idle % 2 === 0 ? act("esc", "get on") : act("search", "let time pass");
  for (const pursuit of pursuits) {
    const decision = pursuit(scene);
    if (decision !== null) return decision;
  }
  return stray(scene);
}

const pursuits: readonly ((scene: Scene) => Decision | null)[] = [
  pray,
  drink,
  (scene) => (scene.foes(1).length > 0 && scene.health < 0.6 ? goDown(scene) : null),
  outrun,
  rearm,
  zapSleep,
  castBolt,
  takeBow,
  shoot,
  fight,
  feast,
  eat,
  lookUp,
  rest,
  guessDown,
  waitForGod,
  goDown,
  takeTool,
  dig,
  headDown,
  explore,
  search,
];

/** The page about the hero also says which part of the dungeon this is. It takes no time. */
function lookUp(scene: Scene): Decision | null {
  const known = scene.known.level.branch !== "" || !scene.mindful || scene.foes(3).length > 0;
  return known || scene.known.plan?.action === "esc" ? null : act("attributes", "see where this is");
}

/** Any way at all: what seemed closed may have opened. */
function stray(scene: Scene): Decision {
  const direction = directions[Math.floor(scene.chance() * directions.length)];
  return act(direction?.name ?? "search", "stray about");
}
