import type { ChatMessage } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { observationText, sightOf } from "../../nethack/player/test-scene.ts";
import { readLines } from "../../player/notes.ts";
import { isSolved, type Scene, type Step, sceneOf, stepIn } from "../boxoban/make/play-fixtures.ts";
import { isPuzzle } from "./boulders.ts";
import { minihackPlayer } from "./player.ts";

/** Solved in about thirty moves; the first of them is no push. */
const level = [
  "##########",
  "#  #######",
  "#.   .####",
  "# $# .####",
  "#      ###",
  "# . $$####",
  "#   $@####",
  "#   ######",
  "#    #####",
  "##########",
];
/** Whatever is done first hides a fountain, or is a walk against the bars. */
const tight = ["#####", "#@$.#", "#####"].map((row) => row.padEnd(10, "#"));
const besetStart = [
  ...tight,
  "#.$  $.###",
  "#     ####",
  "#  $ .####",
  ...Array.from({ length: 4 }, () => "##########"),
];

/** The level as the game shows it: boulders and the hero hide what they stand on. */
function drawn({ walls, goals, boxes, player }: Scene): string[] {
  return Array.from({ length: 10 }, (_, y) =>
    Array.from({ length: 10 }, (_, x) => {
      const place = `${x},${y}`;
      if (place === `${player}`) return "@";
      return boxes.has(place) ? "`" : goals.has(place) ? "{" : walls.has(place) ? "#" : ".";
    }).join(""),
  );
}

/** What the player replies in a moment, asked for notes or for an action. */
function reply(picture: readonly string[], step: number, last: string, notes: string, op: "DONE" | "ACTION"): string {
  const done = last === "" ? "" : `Last action, at step ${step - 1}: ${last}. What it did: something.\n`;
  const offer = `Memory files:\n- notes.txt (9 lines, 99 bytes)\n\n- <|READ|>f<|END|>\n- <|APPEND|>f|t<|END|>\n- <|${op}|><|END|>`;
  const messages: ChatMessage[] = [
    { role: "user", content: `Game actions:\n- north, east, south, west: a step\n\n${offer}` },
    { role: "user", content: `Step ${step} of 100, game turn 1.\n${done}${observationText({ picture })}` },
    { role: "assistant", content: "First, my notes." },
    { role: "user", content: notes },
  ];
  return minihackPlayer.reply(messages, 0);
}

function action(picture: readonly string[], step: number, last = "", notes = ""): Step {
  return (/<\|ACTION\|>(\w+)/.exec(reply(picture, step, last, notes, "ACTION"))?.[1] ?? "") as Step;
}

function noted(text: string): string {
  return [...text.matchAll(/<\|APPEND\|>notes\.txt\|(.*?)<\|END\|>/gs)].map(([, lines]) => `${lines}\n`).join("");
}

/** Plays as the agent does: before the first action there is nothing to note. */
function play(rows: readonly string[], steps: number): { readonly scene: Scene; readonly notes: string } {
  let scene = sceneOf(rows);
  let [notes, last] = ["", ""];
  for (let step = 0; step < steps && !isSolved(scene); step++) {
    if (step > 0) notes += noted(reply(drawn(scene), step, last, notes, "DONE"));
    last = action(drawn(scene), step, last, notes);
    scene = stepIn(scene, last as Step)?.scene ?? scene;
  }
  return { scene, notes };
}

test("a level of boulders is known by its signs", () => {
  expect(isPuzzle(sightOf({ picture: drawn(sceneOf(level)) }))).toBe(true);
  expect(isPuzzle(sightOf({ picture: ["-----", "|@`.|", "-----"] }))).toBe(false);
});

describe("a level", () => {
  test("is solved within the steps there are", () => {
    expect(isSolved(play(level, 99).scene)).toBe(true);
  });

  test("and its fountains and the way are noted", () => {
    const lines = readLines(play(level, 12).notes);
    expect(lines.get("fountains")?.split(" ")).toHaveLength(4);
    expect(lines.get("solution")).toMatch(/^step 11 at \d+,\d+, then (?:(?:north|east|south|west) ?)+/);
  });

  test("without notes a covered fountain is not known any more", () => {
    const { scene, notes } = play(level, 30);
    expect([...scene.boxes].some((box) => scene.goals.has(box))).toBe(true);
    expect(reply(drawn(scene), 30, "", notes, "ACTION")).toContain("push the boulders");
    expect(reply(drawn(scene), 30, "", "", "ACTION")).toContain("find a way");
  });

  test("that went otherwise than noted is solved anew", () => {
    const { scene, notes } = play(level, 6);
    const fountains = `fountains: ${readLines(notes).get("fountains")}`;
    const elsewhere = `solution: step 5 at 1,1, then west west west\n${fountains}`;
    expect(action(drawn(scene), 6, "west", elsewhere)).toBe(action(drawn(scene), 6, "west", fountains));
  });
});

test("nothing that hides a fountain is done before it can be noted", () => {
  const scene = sceneOf(besetStart);
  const first = action(drawn(scene), 0);
  expect(stepIn(scene, first)).toBeNull();
});
