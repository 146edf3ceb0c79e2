import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { towerArgs, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

/** The live view in a real pseudo-terminal. */

const place = new Workplace();
const tower = new ServedTower();
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";

beforeAll(() => {
  // Slow enough to be watched.
  tower.faults = () => ({ kind: "slow", ms: 15 });
});

afterAll(async () => {
  place[Symbol.dispose]();
  await tower[Symbol.asyncDispose]();
});

const args = (out: string) => tower.args(out).filter((arg) => arg !== "--quiet" && arg !== "--json");

/** How often a piece of text occurs. */
function count(text: string, piece: string): number {
  return text.split(piece).length - 1;
}

/** The largest step the view has shown. */
function lastStep(shown: string): number {
  return Math.max(0, ...[...shown.matchAll(/step (\d+)\//g)].map((match) => Number(match[1])));
}

describe("on a terminal", () => {
  test("the view is drawn in place, then gives way to the summary", async () => {
    const { child, screen } = place.startInTerminal(args("whole"), { cols: 100, rows: 30 });
    expect(await child.exited).toBe(0);
    expect(count(screen.shown, hideCursor)).toBe(1);
    expect(count(screen.shown, showCursor)).toBe(1);
    const [, view = "", summary = ""] = screen.shown.replace(showCursor, hideCursor).split(hideCursor);
    expect(view).toContain("Tower climb, seed 42");
    expect(view).toContain("\u001b[38;2;255;255;255;48;2;47;111;79m@");
    expect(summary).toContain("progression");
    expect(summary).toContain("metamem trace whole");
  });

  test("Ctrl-C gives the cursor back and says how to go on", async () => {
    const { child, screen } = place.startInTerminal(args("stopped"), { cols: 100, rows: 30 });
    // The call in which the key is pressed is answered to nobody, so that play cannot be over before the key is heard.
    tower.onRequest = async () => {
      const { callId = "" } = tower.server.requests.at(-1) ?? {};
      if (Number.parseInt(callId, 10) < 3) return;
      while (child.exitCode === null && lastStep(screen.shown) < 3) await Bun.sleep(10);
      child.terminal?.write("\u0003");
      await child.exited;
    };
    expect(await child.exited).toBe(130);
    tower.onRequest = () => {};
    expect(screen.shown.lastIndexOf(showCursor)).toBeGreaterThan(screen.shown.lastIndexOf(hideCursor));
    expect(screen.shown).toContain("metamem episode --resume stopped");
  });

  test("--no-live and --quiet draw nothing", async () => {
    for (const [option, out] of [
      ["--no-live", "a"],
      ["--quiet", "b"],
    ] as const) {
      const run = place.startInTerminal(["episode", ...towerArgs, "--max-steps", "3", "--out", out, option], {
        cols: 60,
        rows: 20,
      });
      expect(await run.child.exited).toBe(0);
      expect(run.screen.shown).not.toContain(hideCursor);
    }
  });
});
