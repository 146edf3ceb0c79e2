import { knownOf, type Staging, sightOf } from "../../nethack/player/test-scene.ts";
import { actionLists } from "../actions.ts";
import { LevelScene } from "./level-scene.ts";

/** A status row as these levels show it, which tell no turn. */
const calm = "Dlvl:1 $:0 HP:15(15) Pw:2(2) AC:7 Xp:1/0";

/** For tests: a moment of a task, drawn as a picture. */
export function stageLevel(staging: Staging, list: keyof typeof actionLists = "compass", stepsLeft = 50): LevelScene {
  const staged = { status: calm, ...staging };
  const sight = sightOf(staged);
  return new LevelScene(knownOf(staged, sight), sight, () => 0.5, actionLists[list], stepsLeft);
}
