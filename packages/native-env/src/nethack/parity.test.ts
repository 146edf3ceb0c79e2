import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256, UsageError } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { differingLine } from "../parity/differing-line.ts";
import { actionIndex } from "./actions.ts";
import { NethackGame } from "./game.ts";
import { checkRecording } from "./parity.ts";
import { textNames } from "./raw-arrays.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-parity-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...lines: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join("\n"));
  return path;
}

interface TextLine {
  readonly [member: string]: unknown;
  readonly steps: [number, number, number, string][];
  readonly frames: Record<string, [string, string]>;
  readonly stats: Record<string, unknown>;
}

const actions = ["far west", "search", "open sesame", "inventory", "esc", "kick", "east"];

/** What this game itself plays, in full-text form: the checker must accept it, and notice each change. */
function recorded(): TextLine {
  const game = NethackGame.open({}, textNames);
  game.reset(9, 3);
  const start = { long: game.longText(), short: game.shortText() };
  const frames: TextLine["frames"] = {};
  const steps = actions.map((said, index): TextLine["steps"][number] => {
    game.step(actionIndex.get(said) ?? actionIndex.get("esc") ?? 0);
    const texts: [string, string] = [game.longText(), game.shortText()];
    frames[index + 1] = texts;
    const hashed = `${texts[0]}\u001e${texts[1]}\u001f${game.reward.toFixed(4)},0,0`;
    return [game.reward, 0, 0, sha256(Buffer.from(hashed, "latin1")).slice(0, 16)];
  });
  const stats = { depth: 1, end_reason: null, xplvl_list: ["Xp:1"] };
  game.close();
  return {
    task: "NetHackChallenge-v0",
    core: 9,
    disp: 3,
    clock: 1700136000,
    tz: "UTC",
    start,
    actions,
    steps,
    frames,
    stats,
  };
}

describe("a text recording", () => {
  test("that agrees, in full and in hash form", async () => {
    const full = recorded();
    const { frames, ...hashes } = full;
    const path = write("good.jsonl", full, { ...hashes, start: {} });
    expect(Object.keys(frames)).toHaveLength(7);
    expect(await checkRecording(path)).toEqual({ steps: 14, episodes: 2, divergences: [], unchecked: {} });
  });

  test("in another text: seed, step, action, line and both lines are named", async () => {
    const full = recorded();
    const [long = "", short = ""] = full.frames[4] ?? [];
    full.frames[4] = [long.replace("cursor:\n", "cursor:\nelsewhere "), short];
    const { steps, divergences } = await checkRecording(write("text.jsonl", full));
    expect(steps).toBe(3);
    expect(divergences).toHaveLength(1);
    expect(divergences[0]).toMatchObject({
      episode: "line 1 (core 9, display 3)",
      seed: 9,
      step: 4,
      action: "inventory",
      recentActions: actions.slice(0, 4),
    });
    expect(divergences[0]?.field).toMatch(/^long text, line \d+ \(cursor\)$/);
    expect(divergences[0]?.expected).toMatch(/^"elsewhere /);
    expect(`"elsewhere ${divergences[0]?.actual.slice(1)}`).toBe(divergences[0]?.expected);
  });

  test("known only by another hash: our text is shown", async () => {
    const { frames: _, ...hashes } = recorded();
    hashes.steps[1] = [0, 0, 0, "0123456789abcdef"];
    const { divergences } = await checkRecording(write("hash.jsonl", hashes));
    expect(divergences[0]).toMatchObject({ field: "texts", step: 2, expected: "sha256 0123456789abcdef" });
    expect(divergences[0]?.actual).toContain("language observation:");
  });

  test.each<[string, (line: TextLine) => unknown]>([
    ["reward", (line) => ({ ...line, steps: line.steps.with(0, [5, 0, 0, "00"]) })],
    ["terminated", (line) => ({ ...line, steps: line.steps.with(0, [0, 1, 0, "00"]) })],
    ["chain", (line) => ({ ...line, chain: "0123456789abcdef" })],
    ["stats.depth", (line) => ({ ...line, stats: { depth: 2 } })],
    ["stats.xplvl_list", (line) => ({ ...line, stats: { xplvl_list: ["Xp:1", "Xp:2"] } })],
    ["return", (line) => ({ ...line, return: 1234 })],
  ])("with another %s", async (field, change) => {
    const { divergences } = await checkRecording(write("changed.jsonl", change(recorded())));
    expect(divergences.map((divergence) => divergence.field)).toEqual([field]);
  });

  test("that goes on after the end", async () => {
    const game = NethackGame.open({}, textNames);
    game.reset(9, 3);
    const steps: unknown[] = [];
    // Without progress the benchmark ends an episode.
    while (!game.truncated) {
      game.step(actionIndex.get("esc") ?? 0);
      const flags = `${game.reward.toFixed(4)},0,${Number(game.truncated)}`;
      const hashed = sha256(Buffer.from(`${game.longText()}\u001e${game.shortText()}\u001f${flags}`, "latin1"));
      steps.push([game.reward, 0, Number(game.truncated), hashed.slice(0, 16)]);
    }
    game.close();
    const said = Array.from({ length: steps.length + 1 }, () => "esc");
    const line = { ...recorded(), actions: said, steps: [...steps, [0, 0, 0, "00"]], frames: {}, stats: {} };
    const { divergences } = await checkRecording(write("beyond.jsonl", line));
    expect(divergences[0]).toMatchObject({ field: "over", step: steps.length, expected: "false", actual: "true" });
  });

  test("with members nobody here knows, which are counted", async () => {
    const path = write("more.jsonl", { ...recorded(), stats: { mood: "good" } });
    expect((await checkRecording(path)).unchecked).toEqual({ "stats.mood": 1 });
  });
});

describe("a raw recording", () => {
  const arrays = ["tty_cursor", "misc"];
  const keys = [107, 4, 27];

  function rows(): string[][] {
    const game = NethackGame.open({}, ["tty_cursor", "misc", "program_state"]);
    game.start(5, 0);
    while (game.raw.program_state[3] === 0) game.press(32);
    const row = () => [game.raw.tty_cursor, game.raw.misc].map((view) => hash(view));
    const all = [row()];
    for (const key of keys) {
      game.press(key);
      all.push(row());
    }
    game.close();
    return all;
  }

  function hash(view: Uint8Array | Int32Array): string {
    return sha256(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)).slice(0, 8);
  }

  test("that agrees", async () => {
    const path = write("raw.jsonl", { core: 5, disp: 0, name: "Agent-@", keys, arrays, rows: rows(), done: false });
    expect(await checkRecording(path)).toEqual({ steps: 3, episodes: 1, divergences: [], unchecked: {} });
  });

  test("that does not: the array and the key are named", async () => {
    const recordedRows = rows();
    recordedRows[2] = [recordedRows[2]?.[0] ?? "", "00000000"];
    const path = write("raw.jsonl", { core: 5, disp: 0, name: "Agent-@", keys, arrays, rows: recordedRows });
    const { divergences } = await checkRecording(path);
    expect(divergences[0]).toMatchObject({ field: "misc", step: 2, action: "^D", expected: "sha256 00000000" });
  });

  test("that goes on after the end", async () => {
    const game = NethackGame.open({}, ["misc", "program_state"]);
    game.start(5, 0);
    while (game.raw.program_state[3] === 0) game.press(32);
    const played: string[][] = [[hash(game.raw.misc)]];
    const pressed = [241, 121];
    while (!game.over) {
      const key = pressed[played.length - 1] ?? 32;
      pressed[played.length - 1] = key;
      game.press(key);
      played.push([hash(game.raw.misc)]);
    }
    game.close();
    const more = { keys: [...pressed, 32], rows: [...played, ["00000000"]], arrays: ["misc"] };
    const { divergences } = await checkRecording(write("raw.jsonl", { core: 5, disp: 0, name: "Agent-@", ...more }));
    expect(divergences[0]).toMatchObject({ field: "done", step: pressed.length, actual: "true" });
  });
});

describe("files that are no recordings", () => {
  test.each<[string, string]>([
    ["", "it is empty"],
    ["{", "line 1 is not JSON"],
    ["{}", "line 1 has neither keys nor actions"],
    ['{"keys":[1],"core":1,"disp":0,"name":"Agent-@","arrays":["glyphs"],"rows":[]}', "line 1, the episode"],
    ['{"keys":[],"core":1,"disp":0,"name":"Agent-@","arrays":["gliphs"],"rows":[[]]}', "line 1, arrays.0"],
    [
      '{"keys":[],"core":1,"disp":0,"name":"Agent-@","arrays":["misc"],"rows":[[]]}',
      "as many hashes as there are arrays",
    ],
    ['{"actions":[],"task":"Other","core":1,"disp":0}', "line 1, task"],
  ])("%j", async (content, message) => {
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, content);
    await expect(checkRecording(path)).rejects.toThrow(UsageError);
    await expect(checkRecording(path)).rejects.toThrow(message);
  });

  test("extras there are none", async () => {
    await expect(checkRecording("x", { extras: { textures: "y" } })).rejects.toThrow(UsageError);
  });
});

test("the first line that differs, with what cannot be seen made visible", () => {
  expect(differingLine("long text", "message:\na\nb ", "message:\na\nb")).toEqual({
    field: "long text, line 3 (message)",
    expected: '"b "',
    actual: '"b"',
  });
  expect(differingLine("short text", "a", "a\n\0")?.actual).toBe('"\\u0000"');
  expect(differingLine("short text", "a\nb", "a\nb")).toBeUndefined();
});
