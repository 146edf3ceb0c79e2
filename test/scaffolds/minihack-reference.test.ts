import { fileURLToPath } from "node:url";
import { type Environment, initialText, type JsonObject, loadBundle, type StepResult } from "@metamem/core";
import { minihackFamily } from "@metamem/native-env";
import { afterAll, describe, expect, test } from "vitest";

/** The reference files that memory-v0 gives to MiniHack players must be true: each fact checked here is tried in the game. */

const bundle = loadBundle(fileURLToPath(new URL("../../seeds/scaffolds/memory-v0", import.meta.url)));
const rules = initialText(bundle, "minihack", "task_rules.txt");
const guide = initialText(bundle, "minihack", "level_guide.txt");

const opened: Environment[] = [];
afterAll(() => {
  for (const environment of opened) environment.close();
});

function taskNamed(id: string) {
  const task = minihackFamily.tasks.find((candidate) => candidate.id === id);
  if (task === undefined) throw new Error(`there is no task ${id}`);
  return task;
}

/** What the last of the actions came to. */
async function play(id: string, seed: number, actions: readonly string[], options: JsonObject = {}) {
  const task = taskNamed(id);
  const game = await minihackFamily.open({ ...task, options: { ...task.options, ...options } });
  opened.push(game);
  await game.reset({ seed });
  let last: StepResult | undefined;
  for (const action of actions) last = await game.step(action);
  if (last === undefined) throw new Error("nothing was played");
  const features = last.observation.features as { readonly message: string };
  return { ...last, ...features, text: last.observation.longTerm, progression: game.progress().progression };
}

/** The level as it is, one string per row. */
async function levelRows(id: string, seed: number): Promise<string[]> {
  const frame = await minihackFamily.preview?.(taskNamed(id), { seed });
  if (frame === undefined) throw new Error("no level to see");
  const signs = Array.from(frame.cells, (cell) => minihackFamily.view.styles[cell]?.glyph ?? "?");
  return Array.from({ length: frame.height }, (_, y) => signs.slice(y * frame.width, (y + 1) * frame.width).join(""));
}

test("only MiniHack gets them, and its other files begin empty", () => {
  expect(rules).toContain("HOW ACTIONS WORK");
  expect(guide).toContain("BOULDERS AND FOUNTAINS");
  expect(initialText(bundle, "nethack", "level_guide.txt")).toBe("");
  for (const { name, families, kind } of bundle.manifest.files)
    if (families?.includes("minihack") && kind !== "reference") expect(initialText(bundle, "minihack", name)).toBe("");
});

describe("the rules", () => {
  test("name actions that quests have, and what stands in for others", () => {
    const names = new Set(taskNamed("Quest-Easy").actions.map(({ name }) => name));
    const listed =
      /^a apply, (.+); capitals: far/m
        .exec(rules)?.[1]
        ?.split(", ")
        .map((pair) => pair.slice(2)) ?? [];
    expect(listed).toHaveLength(14);
    for (const name of ["apply", ...listed, "far south", "pickup", "kick", "wait"]) expect(names).toContain(name);
    for (const { defaultAction } of minihackFamily.tasks) expect(defaultAction).toBe("north");
  });

  test("to stand on the stairs wins, unless it is the last step", async () => {
    const way = ["southwest", "northwest"];
    expect(await play("MazeWalk-9x9", 45, way)).toMatchObject({ progression: 1, terminated: true });
    expect(await play("MazeWalk-9x9", 45, way, { maxSteps: 2 })).toMatchObject({ progression: 0, truncated: true });
    expect(rules).toContain("what happens in the last one no longer counts");
  });

  test("walking into rock takes no time and costs a little", async () => {
    const { observation, reward } = await play("Quest-Easy", 43, ["west", "west"]);
    expect({ turn: observation.turn, reward }).toEqual({ turn: 2, reward: -0.01 });
  });

  test("directions are asked for; what the keys of actions stand for answers the rest", async () => {
    expect((await play("Corridor-R3", 43, ["kick"])).message).toBe("In what direction?");
    // The knight's long sword is a, which is the key of apply.
    expect((await play("Quest-Medium", 43, ["eat", "apply"])).message).toBe("You cannot eat that!");
  });
});

describe("the guide", () => {
  test.each(["MazeWalk-9x9", "MazeWalk-15x15"])("%s: every second column and row, at most one loop", async (id) => {
    for (let seed = 0; seed < 4; seed++) {
      const counts = [0, 0, 0];
      for (const [y, row] of (await levelRows(id, seed)).entries()) {
        for (const [x, sign] of [...row].entries()) {
          if (sign !== " " && sign !== "-")
            counts[(x % 2) + (1 - (y % 2))] = (counts[(x % 2) + (1 - (y % 2))] ?? 0) + 1;
        }
      }
      const [crossings = 0, passages = 0, between] = counts;
      expect({ between, loops: passages - crossings <= 0 }).toEqual({ between: 0, loops: true });
    }
  });

  test("the rooms are three, the rats six, the stairs at the end of theirs", async () => {
    expect(guide).toContain("Six giant rats wait at the far end");
    const rows = await levelRows("CorridorBattle-Dark", 3);
    expect(rows.join("").match(/r/g)).toHaveLength(6);
    const [stairs = ""] = rows.filter((row) => row.includes(">"));
    expect(stairs.length - stairs.indexOf(">")).toBeLessThan(79 / 2);
    expect(stairs.slice(stairs.indexOf(">") + 1).trim()).toBe("|");
  });

  const split = ["east", "kick", "west", "west", "pickup"];

  test("a pile is not picked up, what was kicked apart is", async () => {
    expect((await play("Quest-Easy", 43, ["pickup"])).observation.shortTerm).not.toMatch(/wand|horn/);
    const { message, observation } = await play("Quest-Easy", 43, split);
    expect(message).toBe("g - a tin wand.");
    expect(observation.shortTerm).toContain("g: a tin wand");
  });

  test("a horn freezes lava, which can be walked on then", async () => {
    const toTheBank = [...split, "west", "pickup", ...Array<string>(4).fill("east")];
    const freezing = [...toTheBank, "apply", "west", "northwest", "east"];
    expect((await play("Quest-Easy", 43, freezing)).message).toBe("The lava cools and solidifies.");
    expect(await play("Quest-Easy", 43, [...freezing, "east"])).toMatchObject({ terminated: false });
  });

  test("boulders are pushed, and cover fountains", async () => {
    const before = await levelRows("Boxoban-Medium-own-levels", 45);
    expect(before.join("").match(/`/g)).toHaveLength(4);
    const { text } = await play("Boxoban-Medium-own-levels", 45, ["west"]);
    expect(text.slice(text.indexOf("map:")).match(/{/g)).toHaveLength(3);
  });
});
