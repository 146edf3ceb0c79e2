import { directions } from "../../nethack/player/geometry.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { search } from "../../nethack/player/search.ts";
import { fight } from "../../nethack/player/survive.ts";
import { answer } from "./answer.ts";
import { retreat } from "./battle.ts";
import { cross } from "./crossing.ts";
import { explore } from "./explore.ts";
import type { LevelScene } from "./level-scene.ts";
import { exploreMaze } from "./maze.ts";
import { headDown } from "./stairs.ts";
import { possible } from "./walk.ts";

/** What to do now. Pursuits in the order of their urgency; the first that has something to do decides. */
export function decide(scene: LevelScene): Decision {
  const said = answer(scene);
  if (said !== null) return possible(scene, said);
  for (const pursuit of pursuits) {
    const decision = pursuit(scene);
    if (decision !== null) return possible(scene, decision);
  }
  return stray(scene);
}

const pursuits: readonly ((scene: LevelScene) => Decision | null)[] = [
  retreat,
  fight,
  headDown,
  cross,
  exploreMaze,
  explore,
  (scene) => (scene.offers("search") ? search(scene) : null),
];

/** Any way at all: what seemed closed may have opened. */
function stray(scene: LevelScene): Decision {
  const direction = directions[Math.floor(scene.chance() * directions.length)];
  return act(direction?.name ?? "search", "stray about");
}
