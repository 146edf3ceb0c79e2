import { families } from "@metamem/native-env";
import { afterAll, describe, expect, test } from "vitest";
import { Workplace } from "./command-line.ts";

/** `metamem play` in a real pseudo-terminal, keys and all. */

const place = new Workplace();
afterAll(() => place[Symbol.dispose]());

const showCursor = "\u001b[?25h";

describe("metamem play", () => {
  test("Crafter: keys play, Tab shows what an agent reads, Ctrl-C leaves with a summary", async () => {
    const { exitCode, shown } = await place.play(
      ["--seed", "7"],
      [
        ["step 0", "a"],
        ["step 1", "\u001b[C"],
        ["step 2", "\t"],
        ["any key returns", "x"],
        ["step 2", "?"],
        ["any key returns", " "],
        ["step 2", "\u0003"],
      ],
    );
    expect(exitCode).toBe(0);
    expect(shown).toContain("Crafter default, seed 7");
    expect(shown).toContain("Last action: Move East.");
    expect(shown).toMatch(/You see:|Your status/);
    expect(shown).toMatch(/z +Sleep +fall asleep/);
    expect(shown.lastIndexOf("left after 2 steps, 0.00 %")).toBeGreaterThan(shown.lastIndexOf(showCursor));
  });

  test("a window too small for the picture says which one it needs", async () => {
    const { child, screen } = place.startInTerminal(["play"], { cols: 40, rows: 8 });
    while (!screen.shown.includes("needs a terminal")) await Bun.sleep(5);
    child.terminal?.write("\u0003");
    expect(await child.exited).toBe(0);
  });

  test("without a terminal it is refused in one line", async () => {
    const { exitCode, stderr } = await place.run(["play"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^metamem: play needs a terminal.*\n$/);
  });

  test("every family that comes with the system can be played", () => {
    expect(families.filter(({ keys }) => keys === undefined)).toEqual([]);
  });
});
