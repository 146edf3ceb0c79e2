import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { startChatServer } from "../servers/chat-server.ts";
import { towerArgs, towerModule, Workplace } from "./command-line.ts";

/** What is asked for, the exit code, and words the one line on stderr must hold. */
const refusals: Readonly<Record<string, readonly [args: readonly string[], exitCode: number, says: string]>> = {
  "unknown option": [["episode", "--sed", "3"], 2, "Did you mean --seed?"],
  "unknown command": [["epsode"], 2, "Did you mean episode?"],
  "bad number": [["episode", "--seed", "x"], 2, "whole number"],
  "bad temperature": [["episode", "--temperature", "3"], 2, "from 0 to 2"],
  "seed beyond 32 bits": [["episode", "--env", towerModule, "--seed", "4294967296"], 2, "from 0 to 4294967295"],
  "seed beyond all numbers": [["episode", "--seed", "99999999999999999999"], 2, "from 0 to 4294967295"],
  "no steps": [["episode", "--max-steps", "0"], 2, "whole number from 1 to"],
  "fewer than no steps": [["episode", "--max-steps", "-3"], 2, "whole number from 1 to"],
  "unknown environment": [["episode", "--env", "twoer"], 2, "unknown environment 'twoer'"],
  "missing module": [["episode", "--env", "./no-game.ts"], 2, "no file ./no-game.ts"],
  "module without a family": [["episode", "--env", "./empty.ts"], 2, "exports no 'family'"],
  "unknown task": [["episode", "--env", towerModule, "--task", "clmib"], 2, "Did you mean 'climb'?"],
  "unknown scaffold": [["episode", "--env", towerModule, "--scaffold", "memory-v1"], 2, "Did you mean 'memory-v0'?"],
  "broken scaffold": [["episode", "--env", towerModule, "--scaffold", "broken"], 1, "scaffold.json in"],
  "unknown protocol": [["episode", ...towerArgs, "--protocol", "publishd"], 2, "Did you mean 'published'?"],
  "bad model spec": [["episode", ...towerArgs, "--model", "gpt"], 2, "neither 'scripted' nor 'preset:name@url'"],
  "credentials in a model's address": [
    ["episode", ...towerArgs, "--model", "vllm:m@http://me:secret@localhost/v1"],
    2,
    "METAMEM_API_KEY",
  ],
  "unreachable server": [["episode", ...towerArgs, "--model", "vllm:m@http://127.0.0.1:9/v1"], 4, "no connection"],
  "folder that holds something": [["episode", ...towerArgs, "--out", "full"], 2, "not empty"],
  "folder under a file": [["episode", ...towerArgs, "--out", "a-file/run"], 3, "cannot write"],
  "out is a file": [["episode", ...towerArgs, "--out", "a-file"], 2, "is a file"],
  "resume of nothing": [["episode", "--resume", "full"], 2, "no trace in full"],
  "resume with a seed": [["episode", "--resume", "full", "--seed", "3"], 2, "takes --seed from the trace"],
  "resume with a limit": [["episode", "--resume", "full", "--max-steps", "3"], 2, "takes --max-steps from the trace"],
  "trace of nothing": [["trace", "full"], 2, "no trace in full"],
  "parity without recordings": [["parity", "a-file", "--env", towerModule], 2, "no reference recordings"],
  "tokens of nothing": [["tokens", "no-file"], 2, "no file no-file"],
  "tokens of a folder": [["tokens", "full"], 2, "is no file"],
  "unknown tokenizer": [["tokens", "a-file", "--tokenizer", "qwen9"], 2, "no tokenizer in qwen9"],
  "a tokenizer that is none": [["tokens", "a-file", "--tokenizer", "broken/scaffold.json"], 3, "no byte-level BPE"],
  "cost of nothing": [["cost"], 2, "or --input-tokens"],
  "cost of no trace": [["cost", "full"], 2, "no trace in full"],
  "more cached than all": [["cost", "--input-tokens", "1", "--cached-tokens", "2"], 2, "more than all 1"],
  "prices that are none": [["cost", "--input-tokens", "1", "--prices", "broken/scaffold.json"], 2, "schema"],
  "unknown benchmark": [["bench", "envs"], 2, "unknown benchmark 'envs'"],
};

function workplace(): Workplace {
  const place = new Workplace();
  mkdirSync(place.in("full"));
  mkdirSync(place.in("broken"));
  writeFileSync(place.in("full", "note.txt"), "mine");
  writeFileSync(place.in("a-file"), "mine");
  writeFileSync(place.in("broken", "scaffold.json"), '{"schema":"metamem.scaffold/1"}');
  writeFileSync(place.in("empty.ts"), "export const nothing = 1;\n");
  return place;
}

describe("what cannot be done is refused before anything is written", () => {
  test.each(Object.entries(refusals))("%s", async (_name, [args, exitCode, says]) => {
    using place = workplace();
    const before = place.entries();
    const run = await place.run(args);
    expect(run).toMatchObject({ exitCode, stdout: "" });
    expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(run.stderr).toContain(says);
    expect(run.stderr).not.toContain("secret");
    expect(place.entries()).toEqual(before);
  });

  test.each([
    ["usage.environment", ["episode", "--env", "twoer", "--json"]],
    ["usage.command_line", ["episode", "--json", "--sed", "3"]],
    ["usage.command_line", ["episode", "--seed", "x", "--json"]],
    ["usage.command_line", ["epsode", "--json"]],
    ["usage.command_line", ["trace", "--json"]],
  ])("with --json there is an object on stdout as well: %s, %j", async (code, args) => {
    using place = workplace();
    const { stdout, stderr, exitCode } = await place.run(args);
    const object = JSON.parse(stdout) as { readonly message: string };
    expect(object).toMatchObject({ schema: "metamem.error/1", code, exitCode: 2, data: {} });
    expect(stderr).toBe(`metamem: ${object.message}\n`);
    expect(exitCode).toBe(2);
  });

  test("a wrong key, and a model the server does not have", async () => {
    using place = workplace();
    const before = place.entries();
    const server = startChatServer({ answer: () => ({ text: "" }), key: "right" });
    try {
      const wrongKey = await place.run(["episode", ...towerArgs, "--model", `compatible:test-model@${server.url}`], {
        METAMEM_API_KEY: "wrong-key-123",
      });
      expect(wrongKey.exitCode).toBe(4);
      expect(wrongKey.stderr).toContain("401");
      expect(wrongKey.stderr).not.toContain("wrong-key-123");
      const wrongName = await place.run(["episode", ...towerArgs, "--model", `compatible:other@${server.url}`], {
        METAMEM_API_KEY: "right",
      });
      expect(wrongName.exitCode).toBe(4);
      expect(wrongName.stderr).toContain("test-model");
      expect(place.entries()).toEqual(before);
      expect(server.requests).toHaveLength(0);
    } finally {
      await server.close();
    }
  });
});

test.each([["--help"], ["--version"], ["episode", "--help"], ["tasks", "--json"]])(
  "metamem %s %s ends well",
  async (...args) => {
    using place = new Workplace();
    const { exitCode, stderr } = await place.run(args.filter((arg) => arg !== undefined));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  },
);
