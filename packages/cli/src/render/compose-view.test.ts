import type { Frame, NewEvent, Progress, ViewSpec } from "@metamem/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Painter } from "./colours.ts";
import { composeView, type ViewFacts } from "./compose-view.ts";
import { LiveState } from "./live-state.ts";

const view: ViewSpec = {
  columnsPerCell: 2,
  styles: [
    { glyph: ".", foreground: 0x112233, background: 0, label: "floor" },
    { glyph: "@", foreground: 0xffffff, background: 0x005500, label: "you" },
  ],
};
const frame: Frame = {
  width: 3,
  height: 2,
  cells: new Uint16Array([0, 0, 0, 0, 1, 0]),
  gauges: [
    { label: "health", value: 3, max: 9 },
    { label: "wood", value: 4 },
    { label: "stone", value: 0 },
  ],
};
const progress: Progress = {
  progression: 0.25,
  milestones: ["a", "b", "c", "d"].map((name) => ({ name, reached: name === "a" })),
  endReason: null,
  details: {},
};
const facts: ViewFacts = { title: "Maze default  seed 7", label: "rule-based player", view, maxSteps: 100 };
const plain = new Painter("none");

function watched(text = "water"): LiveState {
  const state = new LiveState();
  const op: NewEvent = {
    ...{ kind: "op", step: 4, opId: "4.log.op0", callId: "4.log.0", origin: "model", phase: "log", name: "SEARCH" },
    ...{ args: { target: "map.txt", keywords: text }, offset: 0, status: "ok", matches: 2, result: "", shown: true },
  };
  state.scene(4, frame, progress);
  state.event({ kind: "phase.start", step: 4, phase: "log" });
  state.event(op);
  return state;
}

describe("composeView", () => {
  test("picture and panel beside each other, then what is going on", () => {
    expect(composeView(watched(), facts, { columns: 60, rows: 24 }, plain)).toEqual([
      "Maze default  seed 7",
      "rule-based player",
      ". . .   health ###......   3/9",
      ". @ .   wood 4",
      "        25.0 %  0/4 milestones",
      "phase  log",
      "op     SEARCH map.txt | water -> ok, 2 found",
      "action ",
      "step 4/100  ##......................................",
      "0 calls  0 tokens in, 0 out  0 writes  1 search",
    ]);
  });

  test("an op that was refused is shown, but not counted", () => {
    const state = watched();
    for (const name of ["SEARCH", "APPEND"]) {
      state.event({
        ...{ kind: "op", step: 4, opId: "4.commit.op0", callId: "4.commit.0", origin: "model", phase: "commit", name },
        ...{ args: { file: "a.txt" }, offset: 0, status: "denied", result: "", shown: true },
      });
    }
    const shown = composeView(state, facts, { columns: 60, rows: 24 }, plain);
    expect(shown).toContain("op     APPEND a.txt -> denied");
    expect(shown.at(-1)).toContain("0 writes  1 search");
  });

  test("a narrow terminal gets them under each other, a low one is told what the picture needs", () => {
    const narrow = composeView(watched(), facts, { columns: 24, rows: 24 }, plain);
    expect(narrow.slice(2, 5)).toEqual(
      [". . .", ". @ .", "health #########   3/9"].map((line) => expect.stringContaining(line.slice(0, 5))),
    );
    const low = composeView(watched(), facts, { columns: 90, rows: 9 }, plain);
    expect(low[2]).toBe("The picture needs a terminal of 7 columns and 10 rows; this one has 90 and 9.");
    expect(low.join("\n")).not.toContain("@");
    expect(composeView(watched(), facts, { columns: 90, rows: 10 }, plain).join("\n")).toContain("@");
  });

  test("fits every terminal, whatever a model wrote", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 130 }), fc.integer({ min: 2, max: 40 }), (written, columns, rows) => {
        for (const painter of [plain, new Painter("truecolor")]) {
          const lines = composeView(watched(written), facts, { columns, rows }, painter);
          for (const line of lines) {
            expect(Bun.stringWidth(line)).toBeLessThan(columns);
            expect(line).not.toContain("\n");
          }
        }
      }),
    );
  });

  test("without colours there is no escape sequence", () => {
    expect(composeView(watched(), facts, { columns: 60, rows: 24 }, plain).join("")).not.toContain("\u001b");
    expect(composeView(watched(), facts, { columns: 60, rows: 24 }, new Painter("256")).join("")).toContain("38;5;");
  });
});
