import { createRng } from "@metamem/core";
import { cells, type Difficulty, side } from "../level.ts";
import { carveRoom } from "./carve.ts";
import type { DrawnLevel } from "./drawn-level.ts";
import { reversePlay } from "./reverse-play.ts";
import { type Solution, solutionOf } from "./solution.ts";
import { solve } from "./solve.ts";

/** What a level must be like to count as of a class. */
interface Requirement {
  readonly pushes: number;
  /** Straight pushes of one box, and turns from box to box, that the shortest solution needs at least. */
  readonly lines: number;
  readonly changes: number;
  /** Positions the solver looks at: how much there is to get wrong. */
  readonly positions: readonly [least: number, most: number];
}

/** Set beside 800 levels of each published collection, whose middle ones need 15 and 17 pushes in 10 and 11 lines, and 170 and 320 positions. */
const requirements: Readonly<Record<Difficulty, Requirement>> = {
  medium: { pushes: 10, lines: 7, changes: 4, positions: [80, 300] },
  hard: { pushes: 15, lines: 11, changes: 6, positions: [400, 20_000] },
};

/** The tasks end after a hundred actions, and success on the last one does not count (spec minihack §2). */
const mostActions = 95;

/** Streams of the two classes never meet. */
const firstSeed: Readonly<Record<Difficulty, number>> = { medium: 2 ** 33, hard: 2 ** 34 };

export interface MadeLevel {
  readonly level: DrawnLevel;
  readonly solution: Solution;
}

/** The own level with this number: equal numbers, equal levels on every machine. */
export function makeLevel(difficulty: Difficulty, index: number): MadeLevel {
  const rng = createRng(firstSeed[difficulty] + index);
  for (;;) {
    const level = reversePlay(carveRoom(rng), rng);
    const solution = level === null ? null : solutionWithin(level, requirements[difficulty]);
    if (level !== null && solution !== null) return { level, solution };
  }
}

/** The solution with the fewest pushes if the level meets the requirement. */
function solutionWithin({ room, goals, start }: DrawnLevel, requirement: Requirement): Solution | null {
  const [least, most] = requirement.positions;
  const answer = solve(room, goals, start, most);
  if (answer.kind !== "solved" || answer.positions < least || answer.positions > most) return null;
  const solution = solutionOf(room, start, answer.pushes);
  const { actions, pushes, lines, changes } = solution;
  const enough = pushes >= requirement.pushes && lines >= requirement.lines && changes >= requirement.changes;
  return enough && actions.length <= mostActions ? solution : null;
}

/** A level in the published text format, with its number. */
export function levelText({ room, goals, start }: DrawnLevel, index: number): string {
  const symbol = (cell: number) => {
    if (room[cell] !== 1) return "#";
    if (start.boxes.includes(cell)) return "$";
    if (goals.includes(cell)) return ".";
    return cell === start.player ? "@" : " ";
  };
  const text = Array.from({ length: cells }, (_, cell) => symbol(cell)).join("");
  const rows = Array.from({ length: side }, (_, y) => text.slice(y * side, (y + 1) * side));
  return [`; ${index}`, ...rows, "", ""].join("\n");
}
