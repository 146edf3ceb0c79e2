import { MetamemError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { Budget } from "./budget.ts";
import { fixedLevel, type Permit, RunGate } from "./call-gate.ts";

const free = { budget: { cost: null, tokens: null, minutes: null }, prices: { memory: null, gameplay: null } };
const use = { role: "memory", prompt: 90, cached: null, output: 10 } as const;
const never = new AbortController().signal;

function gateWith(level: number, tokens: number | null = null): RunGate {
  return new RunGate(new Budget({ ...free, budget: { ...free.budget, tokens } }), fixedLevel(level));
}

describe("RunGate", () => {
  test("lets at most its level through, in the order of asking", async () => {
    const gate = gateWith(2);
    const order: number[] = [];
    const permits: Permit[] = [];
    const asked = Array.from({ length: 6 }, async (_, number) => {
      permits.push(await gate.acquire(never));
      order.push(number);
    });
    for (let served = 0; served < 6; served++) {
      await Bun.sleep(0);
      expect(gate.underWay).toBe(Math.min(2, 6 - served));
      permits[served]?.release(use);
    }
    await Promise.all(asked);
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    expect(gate.peak).toBe(2);
    expect(gate.budget.calls).toBe(6);
  });

  test("counts a permit that is given back twice once", async () => {
    const gate = gateWith(1);
    const permit = await gate.acquire(never);
    permit.release(use);
    permit.release(null);
    expect([gate.underWay, gate.budget.calls]).toEqual([0, 1]);
  });

  test("refuses when the budget is used up, those that wait too", async () => {
    const gate = gateWith(1, 100);
    const permit = await gate.acquire(never);
    const waiting = gate.acquire(never);
    permit.release(use);
    await expect(waiting).rejects.toMatchObject({ code: "interrupt.budget_tokens" });
    await expect(gate.acquire(never)).rejects.toMatchObject({ code: "interrupt.budget_tokens" });
  });

  test("a call that waits can be taken back, and its place goes to the next", async () => {
    const gate = gateWith(1);
    const permit = await gate.acquire(never);
    const gone = new AbortController();
    const waiting = gate.acquire(gone.signal);
    const next = gate.acquire(never);
    gone.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    permit.release(null);
    (await next).release(null);
    expect(gate.underWay).toBe(0);
  });

  test("closed, it lets nobody through and leaves those inside alone", async () => {
    const gate = gateWith(1);
    const permit = await gate.acquire(never);
    const waiting = gate.acquire(never);
    gate.close(new MetamemError("interrupt", "interrupt.signal", "stop"));
    await expect(waiting).rejects.toMatchObject({ code: "interrupt.signal" });
    permit.release(use);
    expect(gate.budget.tokens).toBe(100);
  });
});

describe("Budget", () => {
  const prices = { memory: { input: 2, output: 10, cached: 0.5 }, gameplay: { input: 1, output: 4 } };

  test("prices each role, and cached tokens apart where they have a price", () => {
    const budget = new Budget({ ...free, prices });
    budget.add({ role: "memory", prompt: 1000, cached: 600, output: 100 });
    budget.add({ role: "gameplay", prompt: 1000, cached: 600, output: 100 });
    expect(budget.cost).toBeCloseTo((400 * 2 + 600 * 0.5 + 100 * 10 + 1000 + 400) / 1e6, 12);
  });

  test("knows no cost when a role that was asked has no price", () => {
    const budget = new Budget({ ...free, prices: { ...prices, gameplay: null } });
    budget.add({ role: "memory", prompt: 1000, cached: null, output: 100 });
    expect(budget.cost).toBeCloseTo(0.003, 12);
    budget.add({ role: "gameplay", prompt: 1, cached: null, output: 1 });
    expect(budget.cost).toBeNull();
  });
});
