import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { always, type Fault, seeded } from "../servers/faults.ts";
import { contentOf, resultContent, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

/** An episode against a real server that fails: what can be repeated is survived, what cannot voids the episode, and it goes on later. */

const place = new Workplace();
const tower = new ServedTower();
/** So that silence costs a second, not ten minutes. */
const impatient = ["--call-timeout", "1"];

beforeAll(async () => {
  await place.run(tower.args("undisturbed"));
});

afterAll(async () => {
  place[Symbol.dispose]();
  await tower[Symbol.asyncDispose]();
});

const soon = { "retry-after-ms": "5" };
const passing: Readonly<Record<string, Fault>> = {
  "500": { kind: "status", status: 500, headers: soon },
  "429": { kind: "status", status: 429, headers: soon },
  "503": { kind: "status", status: 503, headers: soon },
  garbage: { kind: "garbage", body: "truncated" },
  "a broken connection": { kind: "reset" },
  silence: { kind: "silence" },
};

describe("survived", () => {
  test("a mixture of everything that passes: the same episode, and the retries are told", async () => {
    const kinds = Object.values(passing);
    tower.faults = seeded(3, 0.08, 1, kinds);
    const run = await place.run([...tower.args("mixture"), ...impatient]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(run.stdout).operational.retries).toBeGreaterThan(3);
    expectUndisturbed("mixture");
  });

  test.each(Object.entries(passing))("%s, once", async (name, fault) => {
    const folder = `once ${name}`;
    tower.faults = ({ callId, attempt }) => (callId === "3.commit.0" && attempt === 1 ? fault : null);
    const run = await place.run([...tower.args(folder), ...impatient]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(run.stdout).operational.retries).toBe(1);
    expectUndisturbed(folder);
  });
});

describe("void, and continued once the server is well again", () => {
  const lasting: Readonly<Record<string, Fault>> = {
    "a refused key": { kind: "status", status: 401 },
    "a bad request": { kind: "status", status: 400, error: { error: { message: "no such field" } } },
    "garbage without end": { kind: "garbage", body: "html" },
    "silence without end": { kind: "silence" },
    "500 without end": { kind: "status", status: 500, headers: soon },
  };

  test.each(Object.entries(lasting))("%s", async (name, fault) => {
    const folder = `void ${name}`;
    tower.faults = (attempt) => (attempt.callId === "12.commit.0" ? always(fault)(attempt) : null);
    const run = await place.run([...tower.args(folder), ...impatient]);
    expect(run.exitCode).toBe(4);
    const result = JSON.parse(run.stdout);
    expect(result).toMatchObject({ status: "void", endReason: null, steps: 12 });
    expect(result.error.code).toMatch(/^model\./);
    expect(run.stderr).toContain(`metamem episode --resume '${folder}'`);

    tower.faults = () => null;
    const asked = tower.server.requests.length;
    expect(await place.run(tower.resumeArgs(folder))).toMatchObject({ exitCode: 0 });
    expect(tower.server.requests[asked]?.callId).toBe("12.commit.0");
    expectUndisturbed(folder);
  });
});

function expectUndisturbed(folder: string): void {
  expect(contentOf(place.in(folder))).toEqual(contentOf(place.in("undisturbed")));
  expect(resultContent(place.in(folder))).toEqual(resultContent(place.in("undisturbed")));
}
