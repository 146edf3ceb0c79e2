import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { towerArgs, Workplace } from "./command-line.ts";

/** What `metamem trace` shows of a small episode, as files to be read: test/e2e/shown. Regenerate them with `vitest run -u`. */

const place = new Workplace();
const shown = (name: string) => join(import.meta.dirname, "shown", name);

beforeAll(async () => {
  await place.run(["episode", ...towerArgs, "--seed", "6", "--max-steps", "6", "--out", "run", "--quiet"]);
});

afterAll(() => place[Symbol.dispose]());

/** The output without what differs from run to run: when it was and which code it was. */
async function traced(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await place.run(["trace", "run", ...args]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout.replace(/episode [0-9a-f]{16}, started [^,]+/, "episode ID, started TIME");
}

describe("metamem trace", () => {
  test.each([
    ["contents.txt", []],
    ["step.txt", ["--step", "3"]],
    ["steps.txt", ["--steps", "0-6"]],
    ["call.txt", ["--call", "2.commit.1"]],
  ])("%s", async (name, args) => {
    await expect(await traced(...args)).toMatchFileSnapshot(shown(name));
  });

  test("--full shortens nothing", async () => {
    expect(await traced("--step", "3")).toContain("as above");
    expect(await traced("--step", "3", "--full")).not.toContain("as above");
  });

  test("--json prints one object: the table of contents, or events with the texts they name", async () => {
    expect(JSON.parse(await traced("--json"))).toMatchObject({ schema: "metamem.trace-contents/1", steps: 7 });
    const steps = JSON.parse(await traced("--step", "3", "--json"));
    expect(steps).toMatchObject({ schema: "metamem.trace-steps/1", from: 3, to: 3 });
    const call = steps.events.find((event: { readonly kind: string }) => event.kind === "call");
    expect(steps.texts[call.reply]).toContain("<|");
  });

  test.each([
    [["--step", "7"], "steps 0 to 6"],
    [["--call", "3.commit.9"], "there are 3.log.0"],
    [["--call", "x"], "no call x"],
    [["--step", "1", "--call", "1.log.0"], "only one of"],
  ])("%s is refused", async (args, says) => {
    const { exitCode, stdout, stderr } = await place.run(["trace", "run", ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});
