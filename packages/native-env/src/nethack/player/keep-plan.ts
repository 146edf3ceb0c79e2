import { distance } from "./geometry.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Decision } from "./scene.ts";

/** Steps a pursuit of one cell may take beyond twice its distance, and for how many turns it is given up after that. */
const patience = 60;
const shunFor = 600;

/** Notes what is about to be done; a cell that was pursued too long is given up for a while. */
export function keepPlan(known: Knowledge, decision: Decision, step: number): Knowledge {
  const { goal, cell } = decision;
  const old = known.plan;
  const since = old !== null && old.goal === goal && old.cell === cell ? old.since : step;
  const plan = { ...decision, since };
  if (cell === null || known.at === null || known.at === cell) return { ...known, plan };
  if (step - since <= patience + 2 * distance(known.at, cell)) return { ...known, plan };
  const shunned = new Map([...known.level.shunned, [cell, known.turn + shunFor]]);
  return { ...known, plan: { ...plan, since: step }, level: { ...known.level, shunned } };
}
