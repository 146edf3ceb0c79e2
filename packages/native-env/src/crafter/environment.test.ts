import { EnvironmentError, type Observation, type TaskSpec, UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { CrafterEnvironment } from "./environment.ts";
import { featureSchema } from "./features.ts";
import { fastOptions } from "./options.ts";
import { defaultTask } from "./tasks.ts";
import { crafterView } from "./view.ts";

function open(options: TaskSpec["options"] = defaultTask.options): CrafterEnvironment {
  return new CrafterEnvironment({ ...defaultTask, options });
}

const firstText = `You see:
- grass 1 step to your west
- tree 5 steps to your north-east

You face grass at your front.`;
const firstStatus = `Your status:
- health: 9/9
- food: 9/9
- drink: 9/9
- energy: 9/9

You have nothing in your inventory.`;

describe("the benchmark's mode", () => {
  test("a reset plays one noop and shows its texts", () => {
    const environment = open();
    const { longTerm, shortTerm, turn } = environment.reset({ seed: 42 });
    expect(longTerm).toBe(firstText);
    expect(shortTerm).toBe(firstStatus);
    expect(turn).toBe(1);
    expect(environment.progress()).toMatchObject({ progression: 0, endReason: null, details: { score: 0 } });
    environment.close();
  });

  test("looking consumes no game randomness", () => {
    const [looking, blind] = [open(), open()];
    for (const environment of [looking, blind]) environment.reset({ seed: 7 });
    for (let step = 0; step < 170; step++) {
      looking.step("Noop");
      blind.step("Noop");
      looking.frame();
      looking.picture();
      looking.progress();
    }
    expect(looking.snapshot()).toEqual(blind.snapshot());
    looking.close();
    blind.close();
  });

  test("progression counts what was earned", () => {
    const environment = open();
    environment.reset({ seed: 42 });
    // The player faces grass, which gives a sapling about one time in ten.
    let steps = 0;
    while (environment.progress().details.score === 0 && steps < 200) {
      environment.step("Do");
      steps += 1;
    }
    const { progression, milestones, details } = environment.progress();
    expect(progression).toBe(1 / 22);
    expect(milestones.filter(({ reached }) => reached).map(({ name }) => name)).toEqual(["collect_sapling"]);
    expect(details.achievements).toMatchObject({ collect_sapling: 1, wake_up: 0 });
    environment.close();
  });
});

describe("features", () => {
  test("fit their schema and stay what they were when they are read later", () => {
    const environment = open();
    const first = environment.reset({ seed: 42 });
    const second = environment.step("Move East").observation;
    environment.step("Move South");
    expect(first.features).toEqual({
      position: { x: 0, y: 0 },
      facing: { x: 0, y: 1, sees: "grass" },
      vitals: { health: 9, food: 9, drink: 9, energy: 9 },
      inventory: {},
      sleeping: false,
      dead: false,
      daylight: 0.81,
      view: expect.arrayContaining(["....@...."]),
    });
    expect(second.features).toMatchObject({ position: { x: 1, y: 0 }, facing: { x: 1, y: 0 } });
    for (const { features } of [first, second]) expect(featureSchema.parse(features)).toEqual(features);
    environment.close();
  });

  test("survive a copy and a round trip through JSON", () => {
    const environment = open();
    const seen: Observation = { ...environment.reset({ seed: 42 }) };
    environment.step("Move East");
    expect(JSON.parse(JSON.stringify(seen)).features.position).toEqual({ x: 0, y: 0 });
    environment.close();
  });
});

test("the frame is the visible map in styles of the view", () => {
  const environment = open();
  environment.reset({ seed: 42 });
  const { width, height, cells, gauges } = environment.frame();
  expect([width, height, cells.length]).toEqual([9, 7, 63]);
  expect(crafterView.styles[cells[31] ?? 0]?.label).toBe("player, facing south");
  expect(gauges.map(({ label, value }) => `${label} ${value}`)).toEqual(["health 9", "food 9", "drink 9", "energy 9"]);
  environment.close();
});

describe("misuse", () => {
  test("before a reset, after the end and after close", () => {
    const environment = open({ ...fastOptions, length: 2 });
    expect(() => environment.step("Noop")).toThrow("reset this Crafter environment");
    environment.reset({ seed: 1 });
    environment.step("Noop");
    expect(environment.step("Noop")).toMatchObject({ terminated: false, truncated: true });
    expect(environment.progress().endReason).toBe("length");
    expect(() => environment.step("Noop")).toThrow("is over");
    environment.reset({ seed: 1 });
    environment.close();
    environment.close();
    for (const use of [
      () => environment.reset({ seed: 1 }),
      () => environment.step("Noop"),
      () => environment.frame(),
      () => environment.progress(),
      () => environment.snapshot(),
    ]) {
      expect(use).toThrow(EnvironmentError);
      expect(use).toThrow("is closed");
    }
  });

  test("an unlisted action changes nothing", () => {
    const environment = open();
    environment.reset({ seed: 1 });
    const before = environment.snapshot();
    expect(() => environment.step("noop")).toThrow("Crafter has no action 'noop'");
    expect(environment.snapshot()).toEqual(before);
    environment.close();
  });

  test("options and worlds are checked", () => {
    expect(() => open({ view: [9] })).toThrow(UsageError);
    expect(() => open({ vew: [9, 9] })).toThrow(UsageError);
    expect(() => open({ view: [9, 1] })).toThrow("too low");
    const environment = open();
    expect(() => environment.reset({ seed: 0.5 })).toThrow(UsageError);
    expect(() => environment.reset({ seed: 1, extra: { display: 2 } })).toThrow(UsageError);
    environment.close();
  });
});

test("a restored environment shows what was there and plays on", () => {
  const [one, two] = [open(), open()];
  one.reset({ seed: 5 });
  const { observation } = one.step("Move West");
  const bytes = one.snapshot();
  const next = one.step("Move West");
  expect(two.restore(bytes)).toEqual(observation);
  expect(two.step("Move West")).toEqual(next);
  one.close();
  two.close();
});

test("each Worker has its own games", async () => {
  const source = `
    import { families } from ${JSON.stringify(new URL("../index.ts", import.meta.url).href)};
    const environment = families[0].open(families[0].tasks[0]);
    postMessage(environment.reset({ seed: 42 }).longTerm);
    environment.close();
  `;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const texts = await Promise.all(
    [1, 2].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(url);
          worker.onmessage = ({ data }) => {
            worker.terminate();
            resolve(data);
          };
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
    ),
  );
  expect(texts).toEqual([firstText, firstText]);
});
