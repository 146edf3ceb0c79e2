import { Budget, fixedLevel, type PlannedEpisode, RunGate, RunMonitor, type RunRow } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { Painter } from "./colours.ts";
import { chipLines } from "./rollout-chips.ts";
import { paceLine, rolloutLines } from "./rollout-view.ts";

const plain = new Painter("none");
const price = { input: 1000, output: 1000 };

function episode(family: string, number: number): PlannedEpisode {
  const bundle = { manifest: { name: "none", kind: "memory" } };
  const resolved = {
    family: { name: family },
    spec: { maxSteps: 100 },
    bundle,
  } as unknown as PlannedEpisode["resolved"];
  return { id: `${family}${number}`, env: family, choice: { seed: number, samplingSeed: 0 }, resolved, repetition: 0 };
}

function monitorOf(episodes: readonly PlannedEpisode[]): { monitor: RunMonitor; gate: RunGate } {
  const budget = new Budget({
    budget: { cost: null, tokens: null, minutes: null },
    prices: { memory: price, gameplay: price },
  });
  const gate = new RunGate(budget, fixedLevel(4));
  const monitor = new RunMonitor(episodes, new Map(), gate);
  gate.onCall = (use) => monitor.call(use);
  return { monitor, gate };
}

function row(id: string, status: RunRow["status"], progression: number) {
  return { kind: "settled" as const, row: { id, status, progression, error: null, result: null } as unknown as RunRow };
}

describe("the view of a run", () => {
  test("shows one chip per episode, by family: how far the finished came, and what happened to the others", () => {
    const [a, b, c, d, e, f] = [1, 2, 3, 4, 5, 6].map((number) => episode(number < 5 ? "first" : "second", number));
    if (!a || !b || !c || !d || !e || !f) throw new Error("six episodes");
    const { monitor } = monitorOf([a, b, c, d, e, f]);
    monitor.ended(a, row(a.id, "finished", 0));
    monitor.ended(b, row(b.id, "finished", 1));
    monitor.started(c);
    monitor.ended(d, row(d.id, "set_aside", 0));
    monitor.ended(e, {
      kind: "open",
      status: "void",
      reason: { code: "model.timeout", boundary: "model", message: "" },
    });
    expect(chipLines(monitor.episodes.values(), 80, 10, plain)).toEqual(["first   ▁█▸!", "second  ?·"]);
    const lines = rolloutLines(monitor, { columns: 80, rows: 24 }, plain);
    expect(lines[0]).toContain("3 of 6 episodes, 1 set aside, 1 void");
    for (const line of lines) expect(Bun.stringWidth(line)).toBeLessThan(80);
  });

  test("counts calls, tokens, cache hits and money", async () => {
    const { monitor, gate } = monitorOf([episode("x", 1)]);
    const permit = await gate.acquire(new AbortController().signal);
    expect(paceLine(monitor)).toContain("1 of 4 calls under way");
    permit.release({ role: "memory", prompt: 900, cached: 450, output: 100 });
    // The first line tells what happened since the start.
    expect(monitor.pace().calls).toBeGreaterThan(0);
    expect(paceLine(monitor)).toContain("cache 50.0 %");
    expect(paceLine(monitor)).toContain("$1.00");
  });

  test("expects what is left from what the others of the family lasted, not from their limits", () => {
    const all = [1, 2, 3, 4].map((number) => episode("x", number));
    const [a, b, c] = all;
    if (!a || !b || !c) throw new Error("four episodes");
    const { monitor } = monitorOf(all);
    expect(monitor.playedShare).toBe(0);
    for (const one of [a, b, c]) {
      monitor.progressed({ id: one.id, steps: 10, progression: 0, replayed: false });
      monitor.ended(one, row(one.id, "finished", 0));
    }
    // Nothing is known of the family beforehand, which counts as one episode of full length: (100 + 3 x 10) / 4 steps are left.
    expect(monitor.playedShare).toBeCloseTo(30 / (30 + 32.5));
    expect(rolloutLines(monitor, { columns: 80, rows: 24 }, plain)[0]).toContain("48.0 %");
  });

  test("cuts what does not fit: many episodes end in a count", () => {
    const { monitor } = monitorOf(Array.from({ length: 1000 }, (_, number) => episode("x", number)));
    const lines = chipLines(monitor.episodes.values(), 50, 3, plain);
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toContain("more");
  });
});
