import { type Cell, distance } from "./geometry.ts";
import type { Knowledge, LevelFacts, Plan } from "./knowledge.ts";
import type { Decision } from "./scene.ts";

/** Steps a pursuit of one cell may take beyond twice its distance. */
const patience = 60;
/** How often a target may be dropped for another one before it is reached. */
const constancy = 6;
/** For how many turns a cell is given up after that. */
const shunFor = 400;

/** Notes what is about to be done; a cell that is pursued in vain, or time and again, is given up for a while. */
export function keepPlan(known: Knowledge, decision: Decision, step: number): Knowledge {
  const { goal, cell } = decision;
  const old = known.plan;
  const since = old !== null && old.goal === goal && old.cell === cell ? old.since : step;
  const plan = { ...decision, since };
  const level = noteDropped(known, decision);
  if (cell === null || known.at === null || known.at === cell) return { ...known, plan, level };
  if (step - since <= patience + 2 * distance(known.at, cell)) return { ...known, plan, level };
  return { ...known, plan: { ...plan, since: step }, level: giveUp(level, cell, known.turn) };
}

const pursuits: ReadonlySet<string> = new Set(["explore", "search for hidden doors", "reach the way down"]);

/** Two pursuits that take turns undo each other's steps for ever. */
function noteDropped({ plan, at, level, turn }: Knowledge, decision: Decision): LevelFacts {
  const target = droppedTarget(plan, decision, at);
  if (target === null) return level;
  const times = (level.dropped.get(target) ?? 0) + 1;
  const dropped = new Map([...level.dropped, [target, times]]);
  return times < constancy ? { ...level, dropped } : giveUp({ ...level, dropped }, target, turn);
}

function droppedTarget(plan: Plan | null, decision: Decision, at: Cell | null): Cell | null {
  if (plan === null || plan.cell === null || plan.cell === at || plan.cell === decision.cell) return null;
  return pursuits.has(plan.goal) && pursuits.has(decision.goal) ? plan.cell : null;
}

function giveUp(level: LevelFacts, cell: Cell, turn: number): LevelFacts {
  const dropped = new Map([...level.dropped].filter(([other]) => other !== cell));
  return { ...level, dropped, shunned: new Map([...level.shunned, [cell, turn + shunFor]]) };
}
