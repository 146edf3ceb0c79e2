/** The compiler in the addon against upstream's own program, built from the same sources: the same bytes, or an error. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@metamem/core";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compileLevel } from "./level.ts";
import {
  corridorBattleDarkLevel,
  corridorLevel,
  mazeWalkLevel,
  questEasyLevel,
  questMediumLevel,
} from "./levels/index.ts";

const built = fileURLToPath(new URL("../../../../native/build/work/nethack/game", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "metamem-levels-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The levels that come with the game, one text for each, under the name ours must have. */
const gameLevels = readdirSync(join(built, "dat"))
  .filter((name) => name.endsWith(".des"))
  .flatMap((name) =>
    readFileSync(join(built, "dat", name), "latin1")
      .split(/^(?=(?:MAZE|LEVEL):)/m)
      .slice(1),
  )
  .map((text) => text.replace(/^(MAZE|LEVEL):\s*"[^"]*"/, '$1:"mylevel"'));

const taskLevels = [
  mazeWalkLevel(9),
  mazeWalkLevel(15),
  corridorLevel,
  corridorBattleDarkLevel(),
  questEasyLevel(),
  questMediumLevel(),
];

/** What upstream's program makes of a text; null when it says anything against it. */
function upstreamBytes(text: string): Buffer | null {
  rmSync(join(folder, "mylevel.lev"), { force: true });
  writeFileSync(join(folder, "text.des"), text, "latin1");
  const { exitCode, stderr } = Bun.spawnSync([join(built, "util", "lev_comp"), "text.des"], { cwd: folder });
  return exitCode === 0 && stderr.byteLength === 0 ? readFileSync(join(folder, "mylevel.lev")) : null;
}

test("every level of the game and of the tasks becomes the same bytes", () => {
  expect(gameLevels.length).toBeGreaterThan(100);
  for (const text of [...gameLevels, ...taskLevels]) {
    expect(Buffer.compare(compileLevel(text), upstreamBytes(text) ?? Buffer.alloc(0)), text.slice(0, 200)).toBe(0);
  }
});

/** A change at a place between a text's beginning (0) and its end (1). */
interface Edit {
  readonly at: number;
  readonly change: (text: string, at: number) => string;
}

const piece = fc.oneof(
  fc.string({ unit: "binary-ascii", maxLength: 8 }),
  fc.constantFrom(
    '"',
    "'",
    "{",
    "}",
    "(",
    "MAP\n",
    "ENDMAP\n",
    "IF[50%]{\n",
    "$x",
    "random",
    "-1",
    "9999999999",
    "\0",
    "#",
  ),
);
const change = fc.oneof(
  piece.map((added) => (text: string, at: number) => spliced(text, at, 0, added)),
  fc.integer({ min: 1, max: 60 }).map((length) => (text: string, at: number) => spliced(text, at, length, "")),
  fc.integer({ min: 0, max: 40 }).map((times) => (text: string, at: number) => {
    return withLine(text, at, (line) => `${line}\n`.repeat(times));
  }),
  fc.integer({ min: 0, max: 9 }).map((digit) => (text: string, at: number) => {
    return withLine(text, at, (line) => `${line.replace(/\d/, String(digit))}\n`);
  }),
);
const edit: fc.Arbitrary<Edit> = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), change });

function spliced(text: string, at: number, removed: number, added: string): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + added + text.slice(start + removed);
}

function withLine(text: string, at: number, change: (line: string) => string): string {
  const lines = text.split("\n");
  const index = Math.floor(at * (lines.length - 1));
  const [before, after] = [lines.slice(0, index), lines.slice(index + 1)];
  return [...before, ""].join("\n") + change(lines[index] as string) + after.join("\n");
}

test("a changed text becomes the same bytes, or an error within it", { timeout: 120_000 }, () => {
  const texts = fc.tuple(fc.constantFrom(...gameLevels, ...taskLevels), fc.array(edit, { minLength: 1, maxLength: 3 }));
  let compared = 0;
  const check = ([start, edits]: [string, Edit[]]) => {
    const text = edits.reduce((changed, { at, change: apply }) => apply(changed, at), start);
    const outcome = outcomeOf(text);
    if (outcome instanceof UsageError) {
      expect(outcome.data.line).toBeGreaterThanOrEqual(1);
      expect(outcome.data.line).toBeLessThanOrEqual(text.split("\n").length);
      expect(outcome.data.problem).not.toBe("");
    } else if (compared++ < 300) {
      expect(Buffer.compare(outcome, upstreamBytes(text) ?? Buffer.alloc(0))).toBe(0);
    }
  };
  fc.assert(fc.property(texts, check), { numRuns: 4000 });
  expect(compared).toBeGreaterThan(300);
});

function outcomeOf(text: string): Uint8Array | UsageError {
  try {
    return compileLevel(text);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
