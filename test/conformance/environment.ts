import {
  createRng,
  type Environment,
  EnvironmentError,
  type EnvironmentFamily,
  type Frame,
  jsonRoundTrip,
  type Observation,
  type TaskSpec,
} from "@metamem/core";
import { describe, expect, test } from "vitest";

const steps = 120;

/** What one step shows, as plain data; the unit of every comparison below. */
interface Shown {
  readonly observation: unknown;
  readonly reward: number;
  readonly over: boolean;
}

/**
 * What every family owes the system (`EnvironmentFamily`, `Environment` in packages/core/src/env). `snapshot` says whether instances can be copied;
 * `seeds` are two seeds whose worlds differ.
 */
export function environmentSuite(family: EnvironmentFamily, seeds: readonly [number, number]): void {
  describe.each(family.tasks.map((task) => [task.id, task] as const))(`${family.name}/%s`, (_id, task) => {
    describeTask(task);
    describePlay(family, task, seeds);
    describeMisuse(family, task, seeds[0]);
    describeReading(family, task, seeds[0]);
  });
}

/** Families that need NetHack's sources: their tests lie in files with its name (vitest.config.ts). */
export function isBuiltFromNethack({ name }: EnvironmentFamily): boolean {
  return name === "nethack" || name === "minihack";
}

function describeTask(task: TaskSpec): void {
  test("the task is plain data with a sound action list", () => {
    const names = task.actions.map((action) => action.name);
    expect(jsonRoundTrip(task)).toEqual(task);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(task.defaultAction);
    expect(names).toContain(task.fallbackAction);
    expect(task.maxSteps).toBeGreaterThan(0);
    for (const { direction } of task.actions) if (direction !== undefined) expect(direction).not.toEqual([0, 0]);
  });
}

function describePlay(family: EnvironmentFamily, task: TaskSpec, [seed, other]: readonly [number, number]): void {
  test("equal seeds and actions give equal episodes; another seed another world", async () => {
    const first = await play(family, task, seed);
    expect(await play(family, task, seed)).toEqual(first);
    expect(await play(family, task, other)).not.toEqual(first);
  });

  test("looking never changes the game: frames, progress and features may be read any number of times", async () => {
    const look = (environment: Environment) => {
      expect(environment.frame()).toEqual(environment.frame());
      expect(environment.progress()).toEqual(environment.progress());
    };
    expect(await play(family, task, seed, look)).toEqual(await play(family, task, seed));
  });

  test("instances are independent: two played in turn are as two played alone", async () => {
    const [a, b] = [await family.open(task), await family.open(task)];
    const shown: [Shown[], Shown[]] = [[await opening(a, seed)], [await opening(b, other)]];
    for (const action of policy(task)) {
      shown[0].push(...(await advance(a, action, shown[0])));
      shown[1].push(...(await advance(b, action, shown[1])));
    }
    a.close();
    b.close();
    expect(shown).toEqual([await play(family, task, seed), await play(family, task, other)]);
  });

  test("an instance can be reset in the middle of a game and starts as if new", async () => {
    const environment = await family.open(task);
    await environment.reset({ seed: other });
    for (const action of policy(task).slice(0, 10)) await environment.step(action);
    const shown = [await opening(environment, seed)];
    for (const action of policy(task)) shown.push(...(await advance(environment, action, shown)));
    environment.close();
    expect(shown).toEqual(await play(family, task, seed));
  });

  test("a snapshot restores exactly, also into another instance", async () => {
    const [a, b] = [await family.open(task), await family.open(task)];
    if (a.snapshot === undefined) return expect(a.restore).toBeUndefined();
    await a.reset({ seed });
    const actions = policy(task);
    for (const action of actions.slice(0, 20)) await a.step(action);
    const snapshot = a.snapshot().slice();
    const continued = await Promise.all(actions.slice(20, 60).map(async (action) => shownOf(await a.step(action))));
    await b.reset({ seed: other });
    b.restore?.(snapshot);
    expect(await Promise.all(actions.slice(20, 60).map(async (action) => shownOf(await b.step(action))))).toEqual(
      continued,
    );
    a.close();
    b.close();
  });
}

function describeMisuse(family: EnvironmentFamily, task: TaskSpec, seed: number): void {
  test("an unlisted action, a closed instance and one that was never reset are EnvironmentErrors", async () => {
    const environment = await family.open(task);
    await expectFault(() => environment.step(task.defaultAction));
    await environment.reset({ seed });
    await expectFault(() => environment.step("no such action"));
    await environment.step(task.defaultAction);
    environment.close();
    environment.close();
    await expectFault(() => environment.step(task.defaultAction));
    await expectFault(() => environment.frame());
  });
}

function describeReading(family: EnvironmentFamily, task: TaskSpec, seed: number): void {
  test("features fit their schema, progression is a fraction, frames fit the style table", async () => {
    const environment = await family.open(task);
    let observation: Observation = await environment.reset({ seed });
    for (const action of policy(task)) {
      expect(family.featureSchema.parse(jsonRoundTrip(observation.features))).toEqual(
        jsonRoundTrip(observation.features),
      );
      const { progression, milestones } = environment.progress();
      expect(progression).toBeGreaterThanOrEqual(0);
      expect(progression).toBeLessThanOrEqual(1);
      expect(new Set(milestones.map((milestone) => milestone.name)).size).toBe(milestones.length);
      expectDrawable(environment.frame(), family);
      const result = await environment.step(action);
      const effect = family.effect(observation, action, result.observation);
      expect(effect.summary).not.toMatch(/\n|^$/);
      expect(family.effect(observation, action, result.observation)).toEqual(effect);
      observation = result.observation;
      if (result.terminated || result.truncated) break;
    }
    environment.close();
  });

  test("every listed action is its own canonical form; nonsense is null", () => {
    for (const { name } of task.actions)
      expect(family.canonicalise(name, task)).toEqual({ action: name, rule: "exact" });
    for (const text of ["", "   ", "xyzzy and plugh", "\u0000", "a".repeat(10_000)]) {
      expect(family.canonicalise(text, task).action).toBeNull();
    }
  });

  test("the instruction is complete", () => {
    const { role, goal, observationGuide } = family.instruction(task);
    for (const text of [role, goal, observationGuide]) expect(text.trim()).not.toBe("");
  });
}

function expectDrawable(frame: Frame, family: EnvironmentFamily): void {
  expect(frame.cells).toHaveLength(frame.width * frame.height);
  expect(Math.max(...frame.cells)).toBeLessThan(family.view.styles.length);
}

async function expectFault(act: () => unknown): Promise<void> {
  await expect((async () => await act())()).rejects.toBeInstanceOf(EnvironmentError);
}

/** The same pseudo-random actions for every run. */
function policy(task: TaskSpec): string[] {
  const rng = createRng(7);
  return Array.from({ length: steps }, () => rng.pick(task.actions).name);
}

async function play(
  family: EnvironmentFamily,
  task: TaskSpec,
  seed: number,
  look: (environment: Environment) => void = () => {},
): Promise<Shown[]> {
  const environment = await family.open(task);
  const shown = [await opening(environment, seed)];
  for (const action of policy(task)) {
    look(environment);
    shown.push(...(await advance(environment, action, shown)));
  }
  environment.close();
  return shown;
}

async function opening(environment: Environment, seed: number): Promise<Shown> {
  return { observation: jsonRoundTrip(await environment.reset({ seed })), reward: 0, over: false };
}

/** One step, unless the game is over already. */
async function advance(environment: Environment, action: string, shown: readonly Shown[]): Promise<Shown[]> {
  return shown.at(-1)?.over === true ? [] : [shownOf(await environment.step(action))];
}

function shownOf(result: Awaited<ReturnType<Environment["step"]>>): Shown {
  const { observation, reward, terminated, truncated } = result;
  return { observation: jsonRoundTrip(observation), reward, over: terminated || truncated };
}
