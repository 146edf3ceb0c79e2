import {
  type Cell,
  cellAt,
  cellCount,
  directionNamed,
  directions,
  height,
  neighbour,
  width,
  xOf,
  yOf,
} from "../../nethack/player/geometry.ts";
import type { Topic } from "../../nethack/player/notes.ts";
import { parseSight, type Sight } from "../../nethack/player/parse-observation.ts";
import { signAt } from "../../nethack/player/terrain.ts";
import { type Notes, readLines } from "../../player/notes.ts";
import type { PromptView } from "../../player/parse-prompt.ts";
import type { Thought } from "../../player/reply.ts";
import { cells, side } from "../boxoban/level.ts";
import { solutionOf } from "../boxoban/make/solution.ts";
import { solve } from "../boxoban/make/solve.ts";

/** Positions looked at before a level is held for too hard. */
const patience = 100_000;

/** Of boulders and of fountains there are as many. */
const boulderCount = 4;

/** How a level is solved, from a moment on. */
interface Way {
  readonly step: number;
  readonly at: Cell;
  /** What is still to be done, that step's action first. */
  readonly actions: readonly string[];
}

/** Boulders among iron bars, and no walls: a level in which boulders go onto fountains. */
export function isPuzzle(sight: Sight): boolean {
  return sight.rows.some((row) => row.includes("`")) && !sight.rows.some((row) => /[-|]/.test(row));
}

/** Goes on with the solution that was noted, or finds one from here. */
export function solveOn(view: PromptView, sight: Sight): Thought<Topic> {
  const step = view.step ?? view.history.length;
  const at = sight.hero ?? 0;
  const lines = readLines(view.results);
  const goals = new Set([...notedGoals(lines), ...goalsSeen(view, sight)]);
  const found = rest(decode(lines), view, step, at) ?? solution(sight, at, goals);
  const actions = step === 0 ? firstAction(sight, at, found) : found;
  const [action = "north"] = actions;
  const goal = actions.length === 0 ? "find a way" : `push the boulders, ${actions.length} moves to go`;
  return { action, goal, notes: () => encode({ step, at, actions }, goals) };
}

/** What is left of the noted solution, if the last action did what it should. */
function rest(noted: Way | null, view: PromptView, step: number, at: Cell): readonly string[] | null {
  if (noted === null) return null;
  const { actions } = noted;
  if (noted.step === step && noted.at === at) return actions;
  const [done = "", ...left] = actions;
  const way = directionNamed(done);
  const last = view.recent.find((entry) => entry.step === step - 1)?.action;
  const asMeant = noted.step === step - 1 && last === done && way !== null && neighbour(noted.at, way) === at;
  return asMeant ? left : null;
}

/** Actions that solve the level as it lies; none when there is no way, or none is found. */
function solution(sight: Sight, at: Cell, goals: ReadonlySet<Cell>): readonly string[] {
  const bars = signed(sight, "#");
  const [left, top] = [Math.min(...bars.map(xOf)), Math.min(...bars.map(yOf))];
  const place = (cell: Cell) => (yOf(cell) - top) * side + (xOf(cell) - left);
  const fits = (cell: Cell) =>
    xOf(cell) >= left && xOf(cell) < left + side && yOf(cell) >= top && yOf(cell) < top + side;
  const boulders = signed(sight, "`");
  if (
    ![...bars, ...boulders, ...goals, at].every(fits) ||
    boulders.length !== boulderCount ||
    goals.size !== boulderCount
  )
    return [];
  const room = new Uint8Array(cells).fill(1);
  for (const bar of bars) room[place(bar)] = 0;
  const start = { boxes: boulders.map(place), player: place(at) };
  const answer = solve(room, [...goals].map(place), start, patience);
  return answer.kind === "solved" ? solutionOf(room, start, answer.pushes).actions : [];
}

/** Fountains that show, now or in the history. */
function goalsSeen(view: PromptView, sight: Sight): Cell[] {
  return [...view.history.map(({ text }) => parseSight(text)), sight].flatMap((one) => signed(one, "{"));
}

/**
 * Before the first action nothing can be noted, so it must not hide a fountain: one that would waits until after a walk against the bars,
 * which changes nothing.
 */
function firstAction(sight: Sight, at: Cell, actions: readonly string[]): readonly string[] {
  const sign = (cell: Cell | null) => (cell === null ? " " : signAt(sight.rows, xOf(cell), yOf(cell)));
  const way = directionNamed(actions[0] ?? "");
  const ahead = way === null ? null : neighbour(at, way);
  if (way === null || ahead === null) return actions;
  const hides = sign(ahead) === "{" || (sign(ahead) === "`" && sign(neighbour(ahead, way)) === "{");
  const bars = directions.find((other) => !other.diagonal && sign(neighbour(at, other)) === "#");
  return hides && bars !== undefined ? [bars.name, ...actions] : actions;
}

function signed(sight: Sight, sign: string): Cell[] {
  return Array.from({ length: cellCount }, (_, cell) => cell).filter(
    (cell) => signAt(sight.rows, xOf(cell), yOf(cell)) === sign,
  );
}

function encode({ step, at, actions }: Way, goals: ReadonlySet<Cell>): Notes<Topic> {
  return {
    state: new Map([["solution", `step ${step} at ${place(at)}, then ${actions.join(" ") || "no way known"}`]]),
    map: new Map([["fountains", [...goals].map(place).join(" ")]]),
  };
}

function decode(lines: ReadonlyMap<string, string>): Way | null {
  const [, step, x, y, actions = ""] = /^step (\d+) at (\d+),(\d+), then (.+)$/.exec(lines.get("solution") ?? "") ?? [];
  if (step === undefined) return null;
  const known = actions.split(" ").filter((action) => directionNamed(action) !== null);
  return { step: Number(step), at: cellOf(x, y), actions: known };
}

function notedGoals(lines: ReadonlyMap<string, string>): Cell[] {
  return [...(lines.get("fountains") ?? "").matchAll(/(\d+),(\d+)/g)].map(([, x, y]) => cellOf(x, y));
}

function cellOf(x: string | undefined, y: string | undefined): Cell {
  return cellAt(Math.min(width - 1, Number(x)), Math.min(height - 1, Number(y)));
}

function place(cell: Cell): string {
  return `${xOf(cell)},${yOf(cell)}`;
}
