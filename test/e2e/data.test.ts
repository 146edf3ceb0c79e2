import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { towerModule, Workplace } from "./command-line.ts";

/** The test game with a data set: one file of lines, kept as it is. */
const module = `
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { family as tower } from ${JSON.stringify(towerModule)};
const part = (text) => ({
  name: "all", label: "lines", items: text.split("\\n").length - 1, unit: "lines", sha256: "0".repeat(64),
  path: "kept", bytes: text.length, intact: !text.includes("broken"),
});
const state = async () => (existsSync("kept") ? [part(readFileSync("kept", "utf8"))] : []);
const lines = {
  name: "lines", title: "Lines to climb", origin: "a file of lines", state,
  import: async (from, { order, onProgress }) => {
    const text = readFileSync(from, "utf8");
    onProgress(text.length, text.length);
    writeFileSync("kept", (order === undefined ? "" : readFileSync(order, "utf8")) + text);
    return await state();
  },
};
export const family = { ...tower, dataSets: [lines] };
`;

function prepared(): Workplace {
  const place = new Workplace();
  mkdirSync(place.in("copy"));
  writeFileSync(place.in("game.ts"), module);
  writeFileSync(place.in("copy/lines.txt"), "a\nb\n");
  writeFileSync(place.in("order.txt"), "first\n");
  return place;
}

const env = ["--env", "./game.ts"] as const;

describe("metamem data", () => {
  test("says how to get what is not stored, stores it, and shows it from then on", async () => {
    using place = prepared();
    const none = await place.run(["data", "lines", ...env]);
    expect(none).toMatchObject({ exitCode: 0, stderr: "" });
    expect(none.stdout).toContain("get a file of lines, then 'metamem data lines --from PATH'");
    const stored = await place.run(["data", "lines", ...env, "--from", "copy/lines.txt"]);
    expect(stored.stdout).toContain("2 lines");
    expect((await place.run(["data", ...env])).stdout).toBe(stored.stdout);
  });

  test("passes the order on and prints one object with --json", async () => {
    using place = prepared();
    const args = ["data", "lines", ...env, "--from", "copy/lines.txt", "--order", "order.txt", "--json"];
    const { stdout } = await place.run(args);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "metamem.data/1",
      sets: [{ family: "tower", name: "lines", parts: [{ items: 3, intact: true }] }],
    });
    expect(readFileSync(place.in("kept"), "utf8")).toBe("first\na\nb\n");
  });

  test("damage ends with exit code 1", async () => {
    using place = prepared();
    writeFileSync(place.in("kept"), "broken\n");
    const { exitCode, stdout } = await place.run(["data", "lines", ...env]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("DAMAGED");
  });

  test.each<[readonly string[], string]>([
    [["data", "linse", ...env], "unknown data set 'linse': there is lines. Did you mean 'lines'?"],
    [["data", ...env, "--from", "copy"], "--from needs the name of a data set: lines"],
    [["data", "lines", ...env, "--order", "order.txt"], "give --from as well"],
  ])("%j is wrong usage", async (args, message) => {
    using place = prepared();
    const { exitCode, stderr } = await place.run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
