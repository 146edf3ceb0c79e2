import { existsSync, readFileSync } from "node:fs";
import { episodeResultSchema } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWanderingServer } from "../servers/wandering-server.ts";
import { contentOf, finished, resultContent, storedTexts, Workplace } from "./command-line.ts";

/** NetHack through the whole command: a served model that wanders, its notes, the trace, kills and resumes, and the view of it. */

const steps = 22;
const wander = [
  "far west",
  "Go north",
  "kick",
  "kick door north",
  "esc",
  "far_east",
  "^d",
  "n",
  "inventory",
  "esc",
  "search",
];
let onRequest: () => void | Promise<void> = () => {};
const server = startWanderingServer(wander, () => onRequest());
const place = new Workplace();
afterAll(async () => {
  place[Symbol.dispose]();
  await server.close();
});

function args(out: string, ...more: readonly string[]): string[] {
  const model = ["--model", `compatible:test-model@${server.url}`];
  return ["episode", "--env", "nethack", "--seed", "42", ...model, "--out", out, "--max-steps", String(steps), ...more];
}

async function episode(out: string, ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await place.run(args(out, "--json", "--quiet", ...more));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  return episodeResultSchema.parse(JSON.parse(stdout));
}

function header(out: string) {
  return JSON.parse(readFileSync(place.in(out, "header.json"), "utf8"));
}

/** What a model was sent in an episode, all prompts in one text. */
function promptsSince(request: number): string {
  return server.requests
    .slice(request)
    .map(({ body }) => (body.messages as { content: string }[]).map(({ content }) => content).join("\n"))
    .join("\n");
}

let whole: Awaited<ReturnType<typeof episode>>;
beforeAll(async () => {
  whole = await episode("whole");
});

describe("metamem episode --env nethack", () => {
  test("prints and stores the result, and ends at the step limit", async () => {
    expect(whole).toMatchObject({
      ...{ status: "finished", endReason: "step_limit", steps, progression: 0, rule_based: false },
      ...{ family: { name: "nethack" }, scaffold: { name: "memory-v0" } },
    });
    expect(whole.milestones.map(({ name }) => name)).toContain("Dlvl:50");
    const { operational: _, ...content } = whole;
    expect(resultContent(place.in("whole"))).toEqual(content);
  });

  test("records everything that fixes the world, and leaves the memory behind", async () => {
    expect(header("whole").task).toMatchObject({
      id: "challenge",
      fallbackAction: "search",
      options: { clock: 1700136000, displaySeed: 0, noProgressTimeout: 150, skipMore: true, character: "@" },
    });
    const memory = place.entries("whole/memory");
    for (const name of ["game_rules.txt", "nethack_symbols.txt", "actions_log.txt"])
      expect(memory).toContain(`whole/memory/${name}`);
  });

  test("a trace shows contents, steps, calls, texts, and what was mended", async () => {
    const trace = async (...more: readonly string[]) => {
      const { exitCode, stdout, stderr } = await place.run(["trace", "whole", ...more]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      return stdout;
    };
    expect(await trace()).toMatch(
      /^nethack challenge, seed 42, memory-v0, .*\n.*finished \(step_limit\), progression 0\.0 %\n/,
    );
    expect(await trace("--steps", "0-22")).toContain("walked on");
    const step = await trace("--step", "3", "--full");
    for (const text of ["kick door north", "language observation:", "Agent the Plunderess"])
      expect(step).toContain(text);
    expect(await trace("--call", "3.commit.0")).toContain("<|ACTION|>kick door north<|END|>");
    expect(JSON.parse(await trace("--json"))).toMatchObject({ schema: "metamem.trace-contents/1", steps: steps + 1 });
  });

  test.each([3, 25, 41])("killed at call %i and resumed it is the undisturbed episode", async (call) => {
    const out = `killed-${call}`;
    const asked = server.requests.length;
    const child = place.start(args(out, "--json", "--quiet"));
    onRequest = () => {
      if (server.requests.length - asked === call) child.kill("SIGKILL");
    };
    await finished(child);
    onRequest = () => {};
    expect(existsSync(place.in(out, "result.json"))).toBe(false);
    expect(await place.run(["episode", "--resume", out, "--json", "--quiet"])).toMatchObject({ exitCode: 0 });
    expect(contentOf(place.in(out))).toEqual(contentOf(place.in("whole")));
    expect(resultContent(place.in(out))).toEqual(resultContent(place.in("whole")));
    expect(storedTexts(place.in(out))).toEqual(storedTexts(place.in("whole")));
  });

  test("the published protocol puts the release's words into the prompts, and the trace says so", async () => {
    const words = "1 step away (directly reachable)";
    expect(promptsSince(0)).not.toContain(words);
    expect(header("whole")).toMatchObject({
      protocol: { textSubstitutions: false },
      task: { options: { stepWords: false } },
    });
    const asked = server.requests.length;
    await episode("published", "--protocol", "published");
    expect(promptsSince(asked)).toContain(words);
    expect(header("published")).toMatchObject({
      protocol: { textSubstitutions: true },
      task: { options: { stepWords: true } },
    });
    const shown = await place.run(["trace", "published", "--step", "0", "--full"]);
    expect(shown.stdout).toContain(words);
  });

  test.each(["sliding-window", "sliding-window-cot"])(
    "the baseline %s plays: no memory, no LOG, the last steps as history",
    async (name) => {
      const asked = server.requests.length;
      const result = await episode(name, "--scaffold", name);
      expect(result).toMatchObject({ status: "finished", steps, scaffold: { name } });
      expect(server.requests.length - asked).toBe(steps);
      const last = server.requests.at(-1)?.body.messages as { role: string; content: string }[];
      // Sixteen steps of history: what was seen, and what was done.
      expect(last.filter(({ role }) => role === "assistant")).toHaveLength(16);
      expect(last.filter(({ content }) => content.includes("language observation:"))).toHaveLength(17);
      const actions = (out: string) =>
        contentOf(place.in(out)).filter((event) => (event as { kind: string }).kind === "action");
      const executed = (out: string) => actions(out).map((event) => (event as { executed: string }).executed);
      expect(executed(name)).toEqual(executed("whole"));
    },
  );
});

test("without a model the rule-based player plays it, labelled, and keeps notes", async () => {
  const run = await place.run([
    "episode",
    "--env",
    "nethack",
    "--seed",
    "43",
    "--max-steps",
    "60",
    "--out",
    "own",
    "--json",
  ]);
  expect(run.exitCode).toBe(0);
  const result = episodeResultSchema.parse(JSON.parse(run.stdout));
  expect(result).toMatchObject({
    status: "finished",
    rule_based: true,
    label: "rule-based player, not a language model",
  });
  const notes = storedTexts(place.in("own")).memory;
  expect(Object.keys(notes).filter((name) => notes[name] !== "").length).toBeGreaterThan(2);
});

describe("on a terminal", () => {
  test("the live view is the game's own screen, in its colours", async () => {
    // Yellow gold, and the hero in reverse, because the cursor stands there.
    const painted = ["38;2;245;230;99;48;2;16;16;20m$", "38;2;16;16;20;48;2;192;192;192m@"];
    const asked = server.requests.length;
    const { child, screen } = place.startInTerminal(args("watched"), { cols: 100, rows: 40 });
    const drawn = () => painted.every((text) => screen.shown.includes(`\u001b[${text}`));
    // The first decision waits until it is drawn: later frames come at moments that differ from run to run.
    onRequest = async () => {
      while (server.requests.length === asked + 1 && child.exitCode === null && !drawn()) await Bun.sleep(10);
    };
    expect(await child.exited).toBe(0);
    onRequest = () => {};
    expect(drawn()).toBe(true);
    expect(screen.shown).toContain("NetHack challenge, seed 42");
    for (const text of ["Agent the Plunderess", "Dlvl:1"]) expect(screen.shown).toContain(text);
  });

  test("metamem play takes the game's own keys", async () => {
    const { exitCode, shown } = await place.play(
      ["--env", "nethack", "--seed", "42"],
      [
        ["step 0", "\u0004"],
        ["In what direction?", "h"],
        ["step 2", "\t"],
        ["any key returns", "x"],
        ["step 2", "?"],
        ["any key returns", "x"],
        ["step 2", "\u0003"],
      ],
    );
    expect(exitCode).toBe(0);
    expect(shown).toContain("O S V 0 1 2 3 4 5 6 7 8 9  the bare key");
    for (const text of ["Agent the Plunderess", "language observation:", "left after 2 steps"])
      expect(shown).toContain(text);
  });
});

test("metamem tasks lists it", async () => {
  const { stdout } = await place.run(["tasks"]);
  expect(stdout).toMatch(/nethack challenge +100000 steps +148 actions/);
});
