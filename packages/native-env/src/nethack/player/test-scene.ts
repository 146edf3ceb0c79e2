import { type Cell, cellAt, cellCount, height, width, xOf, yOf } from "./geometry.ts";
import { freshKnowledge, freshLevel, type Knowledge, type LevelFacts } from "./knowledge.ts";
import { parseSight, type Sight } from "./parse-observation.ts";
import { Scene } from "./scene.ts";

export interface Staging {
  /** Rows of the map from its top left corner on; `@` is the hero. */
  readonly picture: readonly string[];
  readonly message?: string;
  /** Lines of the language observation. */
  readonly names?: readonly string[];
  readonly inventory?: readonly string[];
  /** The row `Dlvl:… T:…`, in full. */
  readonly status?: string;
  /** The game asks: the cursor is in the message row. */
  readonly asked?: boolean;
  readonly level?: Partial<LevelFacts>;
  readonly known?: Partial<Knowledge>;
  /** Without notes at hand. */
  readonly forgetful?: boolean;
}

/** Where pictures begin, so that cells around them are on the map. */
export const left = 10;
export const top = 5;

/** A cell of a picture. */
export function at(column: number, row: number): Cell {
  return cellAt(left + column, top + row);
}

/** A cell as its column and row in the picture. */
export function inPicture(cell: Cell | null): readonly [number, number] | null {
  return cell === null ? null : [xOf(cell) - left, yOf(cell) - top];
}

export const calm = "Dlvl:2 $:0 HP:15(15) Pw:2(2) AC:7 Xp:1/0 T:200";

/** For tests: the text an agent would get to see. */
export function observationText(staging: Staging): string {
  const { picture, message = "", names = [], inventory = [], status = calm, asked = false } = staging;
  const row = picture.findIndex((line) => line.includes("@"));
  const column = picture[row]?.indexOf("@") ?? 0;
  const rows = Array.from({ length: height }, (_, y) => {
    const line = picture[y - top] ?? "";
    return (" ".repeat(left) + line).padEnd(width);
  });
  const cursor = asked ? "\n(x=20, y=0)" : `Yourself a valkyrie\n(x=${left + column}, y=${top + row + 1})`;
  const map = [...rows, "Agent the Stripling  St:18 Dx:12 Co:12 In:8 Wi:8 Ch:8 Lawful S:0", status];
  const long = `message:\n${message}\n\nlanguage observation:\n${names.join("\n")}\n\ncursor:\n${cursor}\n\nmap:\n${map.join("\n")}\n`;
  return `${long}\n\ninventory:\n${inventory.join("\n")}\n\n`;
}

export function sightOf(staging: Staging): Sight {
  return parseSight(observationText(staging));
}

/** What is known by default: which branch this is, who the hero is, nothing else. */
export function knownOf(staging: Staging, sight: Sight): Knowledge {
  const level = { ...freshLevel(1), branch: "Dungeons of Doom", ...staging.level };
  const fresh = freshKnowledge(sight.status.depth, sight.status.turn);
  return { ...fresh, step: 7, at: sight.hero, self: "human Valkyrie", ...staging.known, level };
}

/** For tests: a moment drawn as a picture. */
export function stage(staging: Staging): Scene {
  const sight = sightOf(staging);
  return new Scene(knownOf(staging, sight), sight, () => 0.5, staging.forgetful !== true);
}

/** Every cell that a set of facts could be about. */
export const allCells = Array.from({ length: cellCount }, (_, cell) => cell).filter((cell) => cell % width > 0);
