import { distance } from "./geometry.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Decision } from "./scene.ts";

/** Steps a pursuit of one cell may take beyond twice its distance, and for how long a cell is shunned after that. */
const patience = 30;
const shunFor = 200;

/** Notes what is being pursued; a cell that was pursued too long is given up for a while. */
export function keepGoal(known: Knowledge, { goal, cell }: Decision, step: number): Knowledge {
  const old = known.goal;
  const same = old !== null && old.name === goal && old.cell === cell;
  const since = same ? old.since : step;
  if (cell === null || step - since <= patience + 2 * distance(known.at, cell)) {
    return { ...known, goal: { name: goal, cell, since } };
  }
  return { ...known, goal: null, shunned: new Map([...known.shunned, [cell, step + shunFor]]) };
}
