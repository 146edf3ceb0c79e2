import { nethackIsBuilt } from "@metamem/native-env";
import { afterAll, describe, expect, test } from "vitest";
import { startChatServer } from "../servers/chat-server.ts";
import { contentOf, Workplace } from "./command-line.ts";

/** NetHack through the whole command: a model that wanders, its notes, the trace, a resume. */

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
let onRequest = () => {};
const server = startChatServer({
  answer: ({ messages }) => {
    onRequest();
    const told = messages.map(({ content }) => content).join("\n");
    const commands = messages.findLast(({ role }) => role === "user")?.content ?? "";
    if (commands.includes("<|DONE|>")) return { text: "<|APPEND|>actions_log.txt|walked on<|END|>\n<|DONE|>" };
    const step = Number(/^Step (\d+) of/m.exec(told)?.[1] ?? 0);
    return { text: `<|ACTION|>${wander[step % wander.length]}<|END|>` };
  },
});
const place = new Workplace();
afterAll(async () => {
  place[Symbol.dispose]();
  await server.close();
});

const model = ["--model", `compatible:test-model@${server.url}`];

function args(out: string, ...more: readonly string[]): string[] {
  return ["episode", "--env", "nethack", "--seed", "42", ...model, "--out", out, "--json", "--quiet", ...more];
}

async function episode(out: string, ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await place.run(args(out, ...more));
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe.skipIf(!nethackIsBuilt())("metamem episode --env nethack", () => {
  test("plays, records world and options, and ends at the step limit", async () => {
    const result = await episode("whole", "--max-steps", "22");
    expect(result).toMatchObject({ status: "finished", steps: 22, family: { name: "nethack" } });
    const header = JSON.parse(await Bun.file(place.in("whole", "header.json")).text());
    expect(header.task).toMatchObject({
      id: "challenge",
      fallbackAction: "search",
      options: { clock: 1700136000, displaySeed: 0, noProgressTimeout: 150, skipMore: true, character: "@" },
    });
    const memory = place.entries("whole/memory");
    for (const name of ["game_rules.txt", "nethack_symbols.txt", "actions_log.txt"])
      expect(memory).toContain(`whole/memory/${name}`);
  });

  test("a trace shows step, texts and what was mended", async () => {
    const { stdout } = await place.run(["trace", "whole", "--step", "3", "--full"]);
    expect(stdout).toContain("kick door north");
    expect(stdout).toContain("language observation:");
    const contents = await place.run(["trace", "whole"]);
    expect(contents.exitCode).toBe(0);
  });

  test("killed half-way and resumed it becomes the same trace", async () => {
    const asked = server.requests.length;
    const child = place.start(args("killed", "--max-steps", "22"));
    onRequest = () => {
      if (server.requests.length - asked === 25) child.kill(9);
    };
    await child.exited;
    onRequest = () => {};
    expect(contentOf(place.in("killed")).length).toBeLessThan(contentOf(place.in("whole")).length);
    const { exitCode } = await place.run(["episode", "--resume", "killed", "--json", "--quiet"]);
    expect(exitCode).toBe(0);
    expect(contentOf(place.in("killed"))).toEqual(contentOf(place.in("whole")));
  });
});

test("every family is listed, built or not", async () => {
  const { stdout } = await place.run(["tasks"]);
  expect(stdout).toMatch(/nethack challenge +100000 steps +148 actions/);
});
