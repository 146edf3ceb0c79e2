import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { episodeResultSchema } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWanderingServer } from "../servers/wandering-server.ts";
import { contentOf, finished, resultContent, Workplace } from "./command-line.ts";

/** MiniHack through the whole command: listed tasks, a task in files, their levels, traces and resumes. */

const wander = ["east", "kick", "east", "go north", "search", "South", "open door"];
let onRequest = () => {};
const server = startWanderingServer(wander, () => onRequest());
const place = new Workplace();
const shipped = fileURLToPath(new URL("../games/minihack", import.meta.url));
const ownLevels = fileURLToPath(
  new URL("../../packages/native-env/src/minihack/boxoban/own/hard.txt", import.meta.url),
);
const files = ["moat.des", "moat.toml"];
beforeAll(() => {
  for (const name of files) copyFileSync(`${shipped}/${name}`, place.in(name));
});
afterAll(async () => {
  place[Symbol.dispose]();
  await server.close();
});

function args(out: string, ...more: readonly string[]): string[] {
  const model = ["--model", `compatible:test-model@${server.url}`];
  return ["episode", "--env", "minihack", ...model, "--out", out, "--max-steps", "12", "--json", "--quiet", ...more];
}

async function episode(out: string, ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await place.run(args(out, ...more));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return episodeResultSchema.parse(JSON.parse(stdout));
}

function header(out: string) {
  return JSON.parse(readFileSync(place.in(out, "header.json"), "utf8"));
}

test("metamem tasks lists the eight, and what is not the published set says so", async () => {
  const { stdout } = await place.run(["tasks"]);
  expect(stdout).toMatch(/minihack Quest-Easy +100 steps +32 actions/);
  expect(stdout).toMatch(/minihack Boxoban-Hard-own-levels +100 steps +4 actions +.*own levels/);
});

describe("an episode", () => {
  test("of a listed task: result, trace and what fixes the world", async () => {
    const result = await episode("quest", "--task", "Quest-Easy", "--seed", "42");
    expect(result).toMatchObject({ status: "finished", endReason: "step_limit", family: { name: "minihack" } });
    expect(header("quest").task).toMatchObject({ id: "Quest-Easy", options: { autopickup: false, maxSteps: 100 } });
    const { stdout } = await place.run(["trace", "quest"]);
    expect(stdout).toMatch(/^minihack Quest-Easy, seed 42, memory-v0, /);
  });

  test("needs no environment's name where its task has one", async () => {
    const { exitCode, stderr } = await place.run(["episode", "--task", "Corridor-R3", "--max-steps", "2", "--quiet"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("by the published protocol picks things up and reads the release's words", async () => {
    await episode("published", "--task", "Quest-Easy", "--protocol", "published");
    expect(header("published").task.options).toMatchObject({ autopickup: true, stepWords: true });
  });

  test("on own levels, played where the published ones are missing, says so in its name and in its record", async () => {
    const nothing = { XDG_DATA_HOME: place.path, METAMEM_BOXOBAN: "" };
    const { exitCode, stderr } = await place.run(args("own", "--task", "Boxoban-Hard"), nothing);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Boxoban-Hard-own-levels is played instead of Boxoban-Hard: .*'metamem data boxoban/);
    expect(header("own").task.id).toBe("Boxoban-Hard-own-levels");
    expect(readFileSync(place.in("own", "result.json"), "utf8")).toContain("own-levels");
  });
});

test("a rollout on own levels says so from the dry run on, and never goes on with others", async () => {
  const rollout = ["rollout", "--worlds", "seeds:1", "--env", "minihack", "--task", "Boxoban-Hard", "--max-steps", "2"];
  const nothing = { XDG_DATA_HOME: place.path, METAMEM_BOXOBAN: "" };
  const told = /^Boxoban-Hard-own-levels is played instead of Boxoban-Hard: /;
  const planned = await place.run([...rollout, "--dry-run"], nothing);
  expect(planned.stderr).toMatch(told);
  expect(planned.stdout).toContain("minihack Boxoban-Hard-own-levels");
  const played = await place.run([...rollout, "--out", "run", "--quiet"], nothing);
  expect(played).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(told) });
  expect(played.stdout).toContain("minihack Boxoban-Hard-own-levels");
  expect((await place.run(["report", "run"])).stdout).toContain("minihack, own levels");
  mkdirSync(place.in("levels/hard"), { recursive: true });
  copyFileSync(ownLevels, place.in("levels/hard/000.txt"));
  const resumed = await place.run(["rollout", "--resume", "run"], { METAMEM_BOXOBAN: place.in("levels") });
  expect(resumed.exitCode).toBe(1);
  expect(resumed.stderr).toContain("its worlds are now of the task Boxoban-Hard of minihack");
});

test("--boxoban plays from a folder without storing it, in child processes too", async () => {
  mkdirSync(place.in("copy/hard"), { recursive: true });
  copyFileSync(ownLevels, place.in("copy/hard/000.txt"));
  const nothing = { XDG_DATA_HOME: place.path, METAMEM_BOXOBAN: "" };
  const rollout = ["rollout", "--worlds", "seeds:1", "--env", "minihack", "--task", "Boxoban-Hard", "--max-steps", "2"];
  const where = ["--shards", "1", "--out", "from-copy", "--quiet"];
  const played = await place.run([...rollout, "--boxoban", "copy", ...where], nothing);
  expect(played).toMatchObject({ exitCode: 0, stderr: "" });
  expect(played.stdout).toContain("minihack Boxoban-Hard ");
  const missing = await place.run(["level", "preview", "--task", "Boxoban-Hard", "--boxoban", "none"], nothing);
  expect(missing).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining(`no hard Boxoban levels in ${place.in("none")}`),
  });
});

describe("a task in files", () => {
  test("killed and resumed without them is the undisturbed episode", async () => {
    const task = ["--task", "./moat.des"];
    const whole = await episode("whole", ...task);
    expect(header("whole").task).toMatchObject({ id: "moat.des", options: { maxSteps: 150 } });
    expect(whole.steps).toBe(12);
    const asked = server.requests.length;
    const child = place.start(args("killed", ...task));
    onRequest = () => {
      if (server.requests.length - asked === 9) child.kill("SIGKILL");
    };
    await finished(child);
    onRequest = () => {};
    for (const name of files) rmSync(place.in(name));
    expect(await place.run(["episode", "--resume", "killed", "--json", "--quiet"])).toMatchObject({ exitCode: 0 });
    for (const name of files) copyFileSync(`${shipped}/${name}`, place.in(name));
    expect(contentOf(place.in("killed"))).toEqual(contentOf(place.in("whole")));
    expect(resultContent(place.in("killed"))).toEqual(resultContent(place.in("whole")));
  });

  test("that are not there is one line", async () => {
    const { exitCode, stderr } = await place.run(["episode", "--task", "./none.des"]);
    expect(exitCode).toBe(2);
    expect(stderr).toBe("metamem: ./none.des: there is no such file\n");
  });
});

test("metamem play takes the game's own keys, as far as the task has their actions", async () => {
  const { exitCode, shown } = await place.play(
    ["--task", "./moat.des", "--seed", "7"],
    [
      ["step 0", "y\u0004"],
      ["In what direction?", "l"],
      ["step 2", "\u0003"],
    ],
  );
  expect(exitCode).toBe(0);
  expect(shown).toContain("left after 2 steps");
});

test("level preview shows what an episode would play, and says so", async () => {
  const nothing = { XDG_DATA_HOME: place.path, METAMEM_BOXOBAN: "" };
  const { exitCode, stdout, stderr } = await place.run(["level", "preview", "--task", "Boxoban-Hard"], nothing);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^MiniHack Boxoban-Hard-own-levels, seed 42: /);
  expect(stderr).toMatch(/^Boxoban-Hard-own-levels is played instead of Boxoban-Hard: /);
});

test("a task without its levels says what to do", async () => {
  const { exitCode, stderr } = await place.run(["level", "preview", "--task", "Boxoban-Hard"], {
    METAMEM_BOXOBAN: place.path,
  });
  expect(exitCode).toBe(3);
  expect(stderr).toContain("the tasks named own-levels need none");
});

describe("metamem level preview", () => {
  test("shows a level that is a file", async () => {
    const { exitCode, stdout } = await place.run(["level", "preview", "./moat.des", "--seed", "7"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("MiniHack moat.des, seed 7: Kick in the door of the moat house");
    expect(stdout).toMatch(/\|\.*@?\.*\+\.*r?\.*>\|/);
  });

  test("shows a listed task's, the same for the same seed, also as JSON", async () => {
    const shown = async () => {
      const { stdout } = await place.run(["level", "preview", "--task", "Corridor-R3", "--seed", "3", "--json"]);
      return JSON.parse(stdout);
    };
    const level = await shown();
    expect(level).toMatchObject({ schema: "metamem.level/1", family: "minihack", task: "Corridor-R3", seed: 3 });
    expect(level.rows).toHaveLength(21);
    expect(level.rows.join("")).toContain(">");
    expect(await shown()).toEqual(level);
  });

  test.each([
    [[], "takes either a task's file or --task"],
    [["--task", "Quest-Hard"], "Did you mean 'Quest-Easy'?"],
    [["--task", "Quest-Easy", "--seed", "4294967296"], "a whole number from 0 to 4294967295"],
    [["--env", "crafter", "--task", "default"], "cannot show a level"],
  ])("%j is refused in one line", async (more, message) => {
    const { exitCode, stderr } = await place.run(["level", "preview", ...more]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
