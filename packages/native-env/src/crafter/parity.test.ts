import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CrafterGame } from "./game.ts";
import { coreOptions, defaultTextOptions, nativeConfig, nativeTextOptions, parseOptions } from "./options.ts";
import { checkRecording } from "./parity.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-parity-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const actions = [1, 1, 4, 5, 0, 2, 2, 6, 3, 1, 1, 4];

/** What this game itself plays, in full-text form: every checker of values must accept it, and notice each change. */
function recorded(): Record<string, unknown> & { steps: (number | string)[][]; texts: Record<string, string[]> } {
  const game = new CrafterGame(nativeConfig(parseOptions(coreOptions)), nativeTextOptions(defaultTextOptions));
  game.reset(8, 1);
  const reset = { rng_crc: game.rngCrc(), n_obj: game.results.liveObjects, counts: { Player: 1 } };
  const counts = new Map([["Player", 1]]);
  for (const [kind] of game.details().objects) {
    const name = ["Player", "Cow", "Zombie", "Skeleton"][kind] ?? "";
    if (kind > 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const texts: Record<string, string[]> = {};
  const steps = actions.map((action, index) => {
    game.step(action);
    const view = game.results.copyView();
    texts[index + 1] = [game.longText(), game.shortText()];
    return [game.results.reward, view.x + 32, game.rngCrc(), view.items.join("")];
  });
  game.close();
  return {
    id: "own",
    mode: "core",
    env: {},
    seed: 8,
    reset: { ...reset, counts: Object.fromEntries(counts) },
    actions,
    steps,
    step_fields: ["reward", "x", "rng_crc", "inventory"],
    texts,
  };
}

function write(name: string, ...episodes: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, episodes.map((episode) => JSON.stringify(episode)).join("\n"));
  return path;
}

describe("a recording that agrees", () => {
  test("with most fields missing", async () => {
    const report = await checkRecording(write("good.jsonl", recorded()));
    expect(report).toEqual({ steps: 12, episodes: 1, divergences: [], unchecked: {} });
  });

  test("with fields nobody here knows, which are counted", async () => {
    const episode = recorded();
    const path = write("more.jsonl", {
      ...episode,
      reset: { weather: 3 },
      step_fields: ["reward", "x", "wind", "inventory"],
      texts_alt: { 3: { shouting: "TREE" } },
      frames: { 2: 1, 4: 1 },
      env: { lighting: "soft" },
      comment: "new",
    });
    expect((await checkRecording(path)).unchecked).toEqual({
      "reset.weather": 1,
      "steps.wind": 12,
      "texts_alt.shouting": 1,
      frames: 2,
      comment: 1,
      "env.lighting": 1,
    });
  });

  test("an unknown field counts once per episode", async () => {
    const episode = { ...recorded(), n_total: 12 };
    expect((await checkRecording(write("two.jsonl", episode, episode))).unchecked).toEqual({ n_total: 2 });
  });

  test("without step_fields the rows have the documented order", async () => {
    const { steps, step_fields: _, ...episode } = recorded();
    const rows = steps.map(([reward, x, crc, items]) => [reward, 0, x, 0, 0, 0, items, 0, 0, 0, crc]);
    const { divergences } = await checkRecording(write("unnamed.jsonl", { ...episode, steps: rows }));
    expect(divergences.map(({ field }) => field)).toEqual(["y"]);
  });
});

describe("a divergence", () => {
  test("names seed, step, action, field, both values and the last ten actions", async () => {
    const episode = recorded();
    (episode.steps[10] ?? [])[3] = "9999000000000001";
    const report = await checkRecording(write("diverging.jsonl", episode, episode));
    expect(report).toMatchObject({ steps: 10, episodes: 1 });
    expect(report.divergences).toEqual([
      {
        episode: "own",
        seed: 8,
        step: 11,
        action: "Move West",
        field: "inventory",
        expected: '"9999000000000001"',
        actual: '"9999000000000000"',
        recentActions: "Move West,Move South,Do,Noop,Move East,Move East,Sleep,Move North,Move West,Move West".split(
          ",",
        ),
      },
    ]);
  });

  test.each<[string, (episode: ReturnType<typeof recorded>) => unknown]>([
    ["reset.rng_crc", (episode) => ({ ...episode, reset: { rng_crc: 1 } })],
    ["reset.counts.Zombie", (episode) => ({ ...episode, reset: { counts: { Zombie: 77 } } })],
    ["texts.long", (episode) => ({ ...episode, texts: { 2: ["You see nothing.", ""] } })],
    ["texts.short", (episode) => ({ ...episode, texts_sha: {}, texts: { 2: [episode.texts[2]?.[0], "nothing"] } })],
    ["texts.long", (episode) => ({ ...episode, texts: {}, texts_sha: { 2: ["0123456789abcdef", ""] } })],
    ["texts_alt.edge", (episode) => ({ ...episode, texts_alt_sha: { 5: { edge: "0123456789abcdef" } } })],
    ["achievements", (episode) => ({ ...episode, achievements: { wake_up: 4 } })],
    ["final_achievement_counts.eat_cow", (episode) => ({ ...episode, final_achievement_counts: { eat_cow: 1 } })],
    ["n", (episode) => ({ ...episode, n: 13 })],
  ])("in %s is found", async (field, change) => {
    const { divergences } = await checkRecording(write("changed.jsonl", change(recorded())));
    expect(divergences.map((divergence) => divergence.field)).toEqual([field]);
  });
});

describe("files that are no recordings", () => {
  test.each<[string, string]>([
    ["", "it is empty"],
    ["{", "line 1 is not JSON"],
    ["{}", "line 1 is no Crafter recording"],
    ["[]", "line 1 is no Crafter recording"],
    ['{"mode":"core"}', "line 1, id"],
    ['{"id":"a","mode":"core","env":{},"seed":1,"actions":[17],"steps":[[0]]}', "line 1, actions.0"],
    ['{"id":"a","mode":"core","env":{},"seed":1,"actions":[1],"steps":[]}', "1 actions but 0 steps"],
  ])("%j", async (content, message) => {
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, content);
    await expect(checkRecording(path)).rejects.toThrow(UsageError);
    await expect(checkRecording(path)).rejects.toThrow(message);
  });

  test.each<[string, (episode: ReturnType<typeof recorded>) => unknown]>([
    ["line 2, step 4: 3 of 4 values", ({ steps, ...rest }) => ({ ...rest, steps: steps.with(3, [0, 0, 0]) })],
    ["line 2, step 12: 0 of 4 values", ({ steps, ...rest }) => ({ ...rest, steps: steps.with(11, []) })],
    ["line 2, step 1: 4 of 11 values", ({ step_fields: _, ...rest }) => rest],
    ["line 2, step_fields", (episode) => ({ ...episode, step_fields: [], steps: actions.map(() => []) })],
    ['line 2, texts: no step "13" among 1 to 12', (episode) => ({ ...episode, texts: { 13: ["", ""] } })],
    ['line 2, texts_sha: no step "0"', (episode) => ({ ...episode, texts_sha: { 0: ["", ""] } })],
    ['line 2, texts_sha: no step "5000"', (episode) => ({ ...episode, texts_sha: { 5000: ["", ""] } })],
    ['line 2, texts_alt: no step "-1"', (episode) => ({ ...episode, texts_alt: { "-1": { edge: "" } } })],
    ['line 2, texts_alt_sha: no step "02"', (episode) => ({ ...episode, texts_alt_sha: { "02": { edge: "" } } })],
    ['line 2, frames: no step "0"', (episode) => ({ ...episode, frames: { 0: 1 } })],
    ["line 2, achievements.wake_up: no step 13", (episode) => ({ ...episode, achievements: { wake_up: 13 } })],
  ])("values that no step would be compared with: %s", async (message, change) => {
    const path = write("never.jsonl", recorded(), change(recorded()));
    await expect(checkRecording(path)).rejects.toThrow(UsageError);
    await expect(checkRecording(path)).rejects.toThrow(message);
  });

  test("a recording of another family", async () => {
    const path = fileURLToPath(new URL("../../../../test/goldens/minihack-dev.jsonl.gz", import.meta.url));
    await expect(checkRecording(path)).rejects.toThrow(`cannot check ${path}: line 1 is no Crafter recording`);
  });

  test("a missing file, a truncated gzip and an unknown extra", async () => {
    const path = join(folder, "cut.jsonl.gz");
    writeFileSync(path, new Uint8Array([0x1f, 0x8b, 8, 0, 0]));
    await expect(checkRecording(path)).rejects.toThrow(UsageError);
    await expect(checkRecording(join(folder, "missing"))).rejects.toThrow(UsageError);
    await expect(checkRecording(path, { extras: { sprites: "x" } })).rejects.toThrow("no extra 'sprites'");
  });
});
