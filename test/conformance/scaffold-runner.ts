import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, type HookName, loadBundle, ScaffoldError, type ScaffoldRunner } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";

const part = [{ part: "o", source: "observation" }];
const scene = { step: 3, turn: 5, features: { list: [1] }, facts: null, state: null };

/** What every runner of hooks owes the host: same answers for same inputs, nothing but checked JSON across the border. */
export function scaffoldRunnerSuite(name: string, open: (bundle: Bundle) => Promise<ScaffoldRunner>): void {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  async function runnerOf(hooks: readonly HookName[], code: string): Promise<ScaffoldRunner> {
    const folder = mkdtempSync(join(tmpdir(), "hooks-"));
    folders.push(folder);
    const manifest = {
      schema: "metamem.scaffold/1",
      name: "conformance",
      parent: null,
      kind: "memory",
      families: ["*"],
      ops: { log: ["DONE"], consult: ["HANDOFF"], commit: ["ACTION"] },
      prompts: { log: part, logFollowUp: part, plan: part, planFollowUp: part, correction: part, handoff: part },
      hooks,
    };
    writeFileSync(join(folder, "scaffold.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "scaffold.ts"), code);
    return await open(loadBundle(folder));
  }

  describe(name, () => {
    test("a bundle without hooks has none", async () => {
      const runner = await runnerOf([], "");
      for (const hook of ["extract", "reduce", "notices", "gate", "retention"] as const)
        expect(runner.has(hook)).toBe(false);
      runner.close();
    });

    test("state is explicit: what reduce returns is all that the next call knows", async () => {
      const runner = await runnerOf(
        ["reduce"],
        "export function reduce({ state }: { state: { n: number } | null }) { return { n: (state?.n ?? 0) + 1 }; }",
      );
      const first = await runner.call("reduce", { ...scene, event: null });
      expect(first).toEqual({ n: 1 });
      expect(await runner.call("reduce", { ...scene, event: null })).toEqual({ n: 1 });
      expect(await runner.call("reduce", { ...scene, state: first, event: null })).toEqual({ n: 2 });
      runner.close();
    });

    test("a hook may answer with a promise", async () => {
      const runner = await runnerOf(["gate"], "export async function gate() { return { verdict: 'pass' }; }");
      expect(await runner.call("gate", { ...scene, action: "a", rejections: 0 })).toEqual({ verdict: "pass" });
      runner.close();
    });

    test("a hook works on copies", async () => {
      const runner = await runnerOf(
        ["extract"],
        "export function extract(input: { features: { list: number[] } }) { input.features.list.push(2); return input.features; }",
      );
      const features = { list: [1] };
      expect(await runner.call("extract", { step: 0, turn: 0, features })).toEqual({ list: [1, 2] });
      expect(features).toEqual({ list: [1] });
      runner.close();
    });

    test("every hook's answer passes", async () => {
      const runner = await runnerOf(
        ["notices", "gate", "retention"],
        `export function notices() { return [{ id: "n", severity: "warn", placement: "top", text: "careful" }]; }
         export function gate({ action }: { action: string }) { return action === "jump" ? { verdict: "reject", gateId: "g", reason: "no" } : { verdict: "pass" }; }
         export function retention({ text }: { text: string }) { return text.length > 3 ? text.slice(0, 3) : null; }`,
      );
      expect(await runner.call("notices", { ...scene, phase: "log", effect: null })).toEqual([
        { id: "n", severity: "warn", placement: "top", text: "careful" },
      ]);
      expect(await runner.call("gate", { ...scene, action: "jump", rejections: 0 })).toEqual({
        verdict: "reject",
        gateId: "g",
        reason: "no",
      });
      expect(await runner.call("gate", { ...scene, action: "walk", rejections: 0 })).toEqual({ verdict: "pass" });
      expect(await runner.call("retention", { ...scene, file: "a.txt", text: "abcdef" })).toBe("abc");
      expect(await runner.call("retention", { ...scene, file: "a.txt", text: "ab" })).toBeNull();
      runner.close();
    });

    test.each([
      ["throws", "throw new Error('boom');"],
      ["answers outside its schema", "return { verdict: 'maybe' };"],
      ["answers nothing", ""],
      ["answers a promise that is broken", "return Promise.reject(new Error('late'));"],
      ["answers a cycle", "const cycle: Record<string, unknown> = {}; cycle.self = cycle; return cycle;"],
      ["answers far too much", "return { verdict: 'reject', gateId: 'g', reason: 'x'.repeat(1000000) };"],
    ])("a hook that %s is a ScaffoldError", async (_what, body) => {
      const runner = await runnerOf(["gate"], `export function gate(): unknown { ${body} }`);
      await expect(runner.call("gate", { ...scene, action: "a", rejections: 0 })).rejects.toBeInstanceOf(ScaffoldError);
      runner.close();
    });

    test.each([
      ["is not exported", "export const other = 1;"],
      ["does not load", "throw new Error('at load');"],
      ["is no TypeScript", "export function gate( {"],
    ])("a declared hook whose module %s is a ScaffoldError at once", async (_what, code) => {
      await expect(runnerOf(["gate"], code)).rejects.toBeInstanceOf(ScaffoldError);
    });
  });
}
