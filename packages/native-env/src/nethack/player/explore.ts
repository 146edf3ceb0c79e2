import { type Cell, cellCount, distance } from "./geometry.ts";
import { expectedWaysDown } from "./layout.ts";
import type { Decision, Scene } from "./scene.ts";
import { terrain } from "./terrain.ts";
import { walkTo } from "./walk.ts";

/** How much a step nearer to where the way down should be is worth, a step of walking being 10. */
const pull = 7;

/** Goes to the nearest place from which something new must come into view; rather one towards where a way down is to be expected. */
export function explore(scene: Scene): Decision | null {
  const hoped = scene.expected === null ? [] : expectedWaysDown(scene.expected, scene.kinds);
  let best: Cell | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < cellCount; cell++) {
    const detour = hoped.length === 0 ? 0 : Math.min(...hoped.map((goal) => distance(cell, goal)));
    // Who does not know where he has been gets on by chance only.
    const whim = scene.mindful ? 1 : 0.2 + scene.chance();
    const cost = (scene.routes.cost(cell) + pull * detour) * whim;
    if (cost >= bestCost || cell === scene.hero || !promises(scene, cell)) continue;
    best = cell;
    bestCost = cost;
  }
  return best === null ? null : walkTo(scene, best, "explore");
}

/** Whether standing on a cell shows more than is known. */
function promises(scene: Scene, cell: Cell): boolean {
  if (scene.known.level.walked.has(cell) || scene.shuns(cell)) return false;
  switch (scene.kindAt(cell)) {
    case terrain.floor:
    case terrain.corridor:
    case terrain.openDoor:
    case terrain.closedDoor:
    case terrain.thing:
    case terrain.boulder:
    case terrain.up:
      return scene.borders(cell);
    default:
      return false;
  }
}
