import { describe, expect, test } from "vitest";
import { parsePrompt } from "../../player/parse-prompt.ts";
import { cellAt } from "./geometry.ts";
import { freshKnowledge } from "./knowledge.ts";
import { encode } from "./notes.ts";
import { holdsSight, parseSight } from "./parse-observation.ts";
import { recall } from "./recall.ts";
import { retrace } from "./retrace.ts";
import { kindId } from "./terrain.ts";

const observation = "You see:\n- grass 1 step to your west\n\nYou face grass at your front.";

function view(recent: readonly string[], step: number, results = "") {
  const content = `Your latest actions and what they did:\n${recent.join("\n")}\n\nStep ${step} of 2000, game turn ${step + 1}.\n\n${observation}`;
  const shown = results === "" ? [] : [{ role: "user" as const, content: results }];
  return parsePrompt([{ role: "user", content }, { role: "assistant", content: "" }, ...shown], holdsSight);
}

function notesAt(step: number): string {
  const known = { ...freshKnowledge(true), step, at: cellAt(5, 5), facing: 3 as const };
  return [...encode(known).state].map(([key, value]) => `${key}: ${value}`).join("\n");
}

const east = (step: number) => `- step ${step}: Move East -> moved one step east`;

describe("where am I", () => {
  test("notes of this step are taken as they are, older ones are brought up to date", () => {
    const sight = parseSight(observation);
    expect(recall(view([east(40)], 41, notesAt(41)), sight, 41).at).toBe(cellAt(5, 5));
    expect(recall(view([east(40)], 41, notesAt(40)), sight, 41)).toMatchObject({
      at: cellAt(6, 5),
      facing: 2,
      step: 41,
    });
    expect(recall(view([east(38), east(39), east(40)], 41, notesAt(38)), sight, 41).at).toBe(cellAt(8, 5));
  });

  test("notes that are too old say nothing about the place", () => {
    const known = recall(view([east(40)], 41, notesAt(20)), parseSight(observation), 41);
    expect([known.located, known.at]).toEqual([false, cellAt(1, 0)]);
  });

  test("without notes the first steps still count from the start", () => {
    const known = recall(view([east(0), east(1)], 2), parseSight(observation), 2);
    expect([known.located, known.at]).toEqual([true, cellAt(2, 0)]);
  });

  test("a bundle without memory plays its history over", () => {
    const messages = [0, 1].flatMap(() => [
      { role: "user" as const, content: observation },
      { role: "assistant" as const, content: "<|ACTION|>Move West<|END|>" },
    ]);
    const now = { role: "user" as const, content: `Step 2 of 2000, game turn 3.\n\n${observation}` };
    expect(recall(parsePrompt([...messages, now], holdsSight), parseSight(observation), 2)).toMatchObject({
      at: cellAt(-2, 0),
      located: true,
    });
  });
});

test("the way just walked: open behind, blocked where it was blocked, and what the clock lets presume", () => {
  const recent = [
    { step: 98, action: "Move East", outcome: "moved one step east" },
    { step: 99, action: "Move North", outcome: "turned north, did not move: tree is there" },
    { step: 100, action: "Noop", outcome: "nothing happened" },
  ];
  const known = retrace(recent, parseSight("Your inventory:\n- stone_pickaxe: 1"), 101);
  expect([known.at, known.facing]).toEqual([cellAt(1, 0), 1]);
  expect(known.grid[cellAt(1, -1)]).toBe(kindId.tree);
  expect([known.done.has("make_stone_pickaxe"), known.done.has("eat_cow"), known.done.has("wake_up")]).toEqual([
    true,
    true,
    false,
  ]);
});
