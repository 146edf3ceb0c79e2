import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ScaffoldError, UsageError } from "../errors.ts";
import { initialText, loadBundle } from "./bundle.ts";
import { openTrustedRunner } from "./runner.ts";

const seeds = join(import.meta.dirname, "../../../../seeds/scaffolds");
const scene = { step: 3, turn: 4, features: {}, facts: null, state: null };

const part = [{ part: "o", source: "observation" }];
const minimal = {
  schema: "metamem.scaffold/1",
  name: "tiny",
  parent: null,
  kind: "memory",
  families: ["*"],
  ops: { log: ["DONE"], consult: ["HANDOFF"], commit: ["ACTION"] },
  prompts: { log: part, logFollowUp: part, plan: part, planFollowUp: part, correction: part, handoff: part },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | object): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

describe("shipped bundles", () => {
  test.each(readdirSync(seeds))("%s loads, and its hooks open", async (name) => {
    const bundle = loadBundle(join(seeds, name));
    expect(bundle.manifest.name).toBe(name);
    (await openTrustedRunner(bundle)).close();
  });

  test("memory-v0 warns of actions without effect, louder from the third on", async () => {
    const runner = await openTrustedRunner(loadBundle(join(seeds, "memory-v0")));
    const effect = { changed: false, intended: true, flags: [], summary: "nothing changed" };
    let state = await runner.call("reduce", { ...scene, event: null });
    const severities: string[] = [];
    for (let count = 0; count < 3; count++) {
      state = await runner.call("reduce", { ...scene, state, event: { action: "Do", effect } });
      const notices = await runner.call("notices", { ...scene, state, phase: "plan", effect });
      severities.push(...notices.map((notice) => notice.severity));
    }
    expect(severities).toEqual(["info", "info", "warn"]);
    // A wait is meant to change nothing: no scolding (I-21).
    state = await runner.call("reduce", {
      ...scene,
      state,
      event: { action: "Noop", effect: { ...effect, intended: false } },
    });
    expect(await runner.call("notices", { ...scene, state, phase: "plan", effect })).toEqual([]);
  });
});

describe("loadBundle", () => {
  test("the hash is that of the content: a changed text changes it, a copy does not", () => {
    write("scaffold.json", minimal);
    write("NOTES.md", "one");
    const first = loadBundle(folder).hash;
    expect(loadBundle(folder).hash).toBe(first);
    write("NOTES.md", "two");
    expect(loadBundle(folder).hash).not.toBe(first);
  });

  test("a family's own memory text wins over the general one", () => {
    write("scaffold.json", { ...minimal, files: [{ name: "rules.txt", kind: "reference", description: "facts" }] });
    write("memory/rules.txt", "general");
    write("memory/maze/rules.txt", "of the maze");
    const bundle = loadBundle(folder);
    expect(initialText(bundle, "maze", "rules.txt")).toBe("of the maze");
    expect(initialText(bundle, "other", "rules.txt")).toBe("general");
    expect(initialText(bundle, "other", "none.txt")).toBe("");
  });

  test.each([
    [
      "an op where the method forbids it",
      { ops: { ...minimal.ops, commit: ["ACTION", "WRITE"] } },
      /ops.commit lists WRITE/,
    ],
    ["no way to commit", { ops: { ...minimal.ops, commit: ["READ"] } }, /must list ACTION/],
    ["no way to end LOG", { ops: { ...minimal.ops, log: ["READ"] } }, /must list DONE/],
    ["an unknown key", { colour: "red" }, /olour/],
    [
      "a part with two origins",
      { prompts: { ...minimal.prompts, plan: [{ part: "o", source: "goal", file: "a.md" }] } },
      /either file or source/,
    ],
    [
      "a missing text",
      { prompts: { ...minimal.prompts, plan: [{ part: "o", file: "prompts/none.md" }] } },
      /prompts\/none.md is missing/,
    ],
    [
      "a path out of the bundle",
      { prompts: { ...minimal.prompts, plan: [{ part: "o", file: "../x.md" }] } },
      /inside the bundle/,
    ],
    ["a prompt without parts", { prompts: { ...minimal.prompts, plan: [] } }, /prompts.plan is empty/],
    ["two parts of one name", { prompts: { ...minimal.prompts, plan: [...part, ...part] } }, /names o twice/],
    ["a file outside the memory", { files: [{ name: "../x", kind: "log", description: "d" }] }, /no file name/],
    ["ops in a context bundle", { kind: "context" }, /no ops but ACTION/],
  ])("refuses %s", (_what, change, message) => {
    write("scaffold.json", { ...minimal, ...change });
    expect(() => loadBundle(folder)).toThrow(ScaffoldError);
    expect(() => loadBundle(folder)).toThrow(message);
  });

  test.each([
    ["a slot that no prompt fills", "prompts/a.md", "at {{slott}}", /slot \{\{slott\}\}/],
    ["initial memory nobody declared", "memory/rules.txt", "x", /belongs to no declared file/],
    ["initial memory with a command", "memory/log.txt", "a <|DONE|> b", /holds a command tag/],
    ["initial memory over the limit", "memory/log.txt", "x".repeat(300_000), /over the limit/],
  ])("refuses %s", (_what, path, text, message) => {
    write("scaffold.json", { ...minimal, files: [{ name: "log.txt", kind: "log", description: "d" }] });
    write(path, text);
    expect(() => loadBundle(folder)).toThrow(message);
  });

  test("refuses a link inside the bundle and a folder that is none", () => {
    write("scaffold.json", minimal);
    symlinkSync("/etc/hostname", join(folder, "NOTES.md"));
    expect(() => loadBundle(folder)).toThrow(ScaffoldError);
    expect(() => loadBundle(join(folder, "nowhere"))).toThrow(UsageError);
  });
});

describe("trusted runner", () => {
  test("hooks see copies and may return nothing but declared JSON", async () => {
    write("scaffold.json", { ...minimal, hooks: ["reduce", "notices", "gate"] });
    write(
      "scaffold.ts",
      `export function reduce(input: { state: unknown; features: { list: number[] } }) { input.features.list.push(1); return { at: new Date(0), none: undefined }; }
       export function notices() { return [{ id: "x", severity: "shout", placement: "top", text: "t" }]; }
       export function gate() { throw new Error("boom"); }`,
    );
    const runner = await openTrustedRunner(loadBundle(folder));
    const features = { list: [0] };
    expect(await runner.call("reduce", { ...scene, features, event: null })).toEqual({
      at: "1970-01-01T00:00:00.000Z",
    });
    expect(features.list).toEqual([0]);
    await expect(runner.call("notices", { ...scene, phase: "log", effect: null })).rejects.toThrow(
      /notices returned something else/,
    );
    await expect(runner.call("gate", { ...scene, action: "a", rejections: 0 })).rejects.toThrow(
      /gate threw: Error: boom/,
    );
  });

  test("a declared hook that is not there is an error at once", async () => {
    write("scaffold.json", { ...minimal, hooks: ["gate"] });
    write("scaffold.ts", "export const other = 1;");
    await expect(openTrustedRunner(loadBundle(folder))).rejects.toThrow(/declares the hook gate/);
  });
});
