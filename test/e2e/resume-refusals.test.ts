import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { hashJson } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finished, pocketScaffold, towerModule, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

/** A resume replays through the code that is there now; whatever would play differently is refused by name and changes nothing. */

const place = new Workplace();
const tower = new ServedTower();

beforeAll(async () => {
  cpSync(pocketScaffold, place.in("bundle"), { recursive: true });
  const args = tower.args("run").map((arg) => (arg === pocketScaffold ? "bundle" : arg));
  const child = place.start(args);
  tower.onRequest = (count) => count === 20 && child.kill("SIGINT");
  expect((await finished(child)).exitCode).toBe(130);
});

afterAll(async () => {
  place[Symbol.dispose]();
  await tower[Symbol.asyncDispose]();
});

const resume = (scaffold = "bundle") =>
  place.run(["episode", "--resume", "copy", "--env", towerModule, "--scaffold", scaffold]);

/** A copy of the interrupted episode whose header says something else, with a hash that fits. */
function copyWith(change: (header: Record<string, Record<string, unknown>>) => void): void {
  cpSync(place.in("run"), place.in("copy"), { recursive: true });
  const { hash: _hash, ...header } = JSON.parse(readFileSync(place.in("copy", "header.json"), "utf8"));
  change(header);
  writeFileSync(place.in("copy", "header.json"), JSON.stringify({ ...header, hash: hashJson(header) }));
}

describe("refused", () => {
  test.each([
    ["family.version", (header) => Object.assign(header.family ?? {}, { version: "0" })],
    ["code.version", (header) => Object.assign(header.code ?? {}, { version: "0.0.1" })],
    ["roles.memory.contextTokens", (header) => Object.assign(header.roles?.memory ?? {}, { contextTokens: 77 })],
    ["scaffold.hash", (header) => Object.assign(header.scaffold ?? {}, { hash: "0".repeat(64) })],
  ] satisfies [string, (header: Record<string, Record<string, unknown>>) => void][])(
    "another %s",
    async (field, change) => {
      copyWith(change);
      const before = readFileSync(place.in("copy", "events.jsonl"), "utf8");
      const run = await resume();
      expect(run.exitCode).toBe(1);
      expect(run.stderr).toContain(`cannot resume: ${field} was`);
      expect(readFileSync(place.in("copy", "events.jsonl"), "utf8")).toBe(before);
    },
  );

  test("a header that was changed by hand", async () => {
    copyWith(() => {});
    const text = readFileSync(place.in("copy", "header.json"), "utf8");
    writeFileSync(place.in("copy", "header.json"), text.replace('"samplingSeed":0', '"samplingSeed":1'));
    const run = await resume();
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("was changed after it was written");
  });

  test("another scaffold, by what is in it", async () => {
    copyWith(() => {});
    cpSync(place.in("bundle"), place.in("other"), { recursive: true });
    writeFileSync(place.in("other", "prompts", "plan.md"), "Do something else.\n");
    const run = await resume("other");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("cannot resume: scaffold.hash was");
  });

  test("a recorded reply that was changed by hand: the replay notices the difference", async () => {
    copyWith(() => {});
    const path = place.in("copy", "events.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes('"kind":"action"') && line.includes('"executed":"West"'));
    lines[at] = (lines[at] ?? "").replaceAll('"West"', '"East"');
    writeFileSync(path, lines.join("\n"));
    const run = await resume();
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("(action)");
    expect(readFileSync(path, "utf8")).toBe(lines.join("\n"));
  });

  test("a family or a scaffold that did not come with the system has to be named: a trace says nothing that is run", async () => {
    copyWith(() => {});
    const noFamily = await place.run(["episode", "--resume", "copy"]);
    expect(noFamily).toMatchObject({ exitCode: 2 });
    expect(noFamily.stderr).toContain("add --env with its module's path");
    const noScaffold = await place.run(["episode", "--resume", "copy", "--env", towerModule]);
    expect(noScaffold).toMatchObject({ exitCode: 2 });
    expect(noScaffold.stderr).toContain("add --scaffold with its folder");
  });
});

test("the copy itself resumes", async () => {
  copyWith(() => {});
  expect(await resume()).toMatchObject({ exitCode: 0 });
});
