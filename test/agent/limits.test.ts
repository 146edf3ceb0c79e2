import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelError } from "@metamem/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lastMessage, phaseOf, playOn } from "./stage.ts";

const act = "<|ACTION|>Wait<|END|>";
const long = Array.from({ length: 300 }, (_, index) => `entry number ${index} of a very long note`).join("\n");

describe("limits and faults", () => {
  test("LOG and PLAN end at their call limits; PLAN then falls back", async () => {
    const { sink } = await playOn(() => "<|LIST|><|END|>", { protocol: { logCalls: 2, planCalls: 3 } });
    expect(sink.of("phase.end").map((event) => [event.phase, event.exit, event.calls])).toEqual([
      ["commit", "limit", 3],
      ["log", "limit", 2],
    ]);
    expect(sink.of("action")[0]?.source).toBe("fallback");
    // The last results of a phase never reach the model.
    expect(sink.of("op").map((op) => op.shown)).toEqual([true, true, false, true, false]);
  });

  test("a reply of very many ops is carried out only in part, and says so", async () => {
    const { sink, requests } = await playOn((request) => {
      if (phaseOf(request) !== "log") return act;
      return request.callId.endsWith(".0") ? "<|LIST|><|END|>".repeat(500) : "<|DONE|>";
    });
    expect(sink.of("op")).toHaveLength(100);
    expect(lastMessage(requests.at(-1) as never)).toContain("[400 more commands of your reply were not carried out");
  });

  test("I-30 a model failure voids the episode and never becomes a game action", async () => {
    const { outcome, sink } = await playOn(
      (request) => {
        if (request.callId === "1.log.0") throw new ModelError("timeout", "no answer");
        return act;
      },
      { maxSteps: 5 },
    );
    expect(outcome).toMatchObject({ status: "void", step: 1, error: { code: "model.timeout" } });
    expect(sink.of("action")).toHaveLength(1);
    expect(sink.of("episode.end")).toEqual([]);
  });

  test("I-16 a prompt that outgrows the context is cut visibly, results first", async () => {
    const { sink, requests } = await playOn(
      (request) => {
        if (request.callId === "1.log.0") return `<|WRITE|>strategy.txt|${long}<|END|><|DONE|>`;
        if (request.callId === "1.commit.0") return "<|READ|>strategy.txt<|END|>";
        return phaseOf(request) === "log" ? "<|DONE|>" : act;
      },
      { maxSteps: 2, contextTokens: 4096 },
    );
    expect(sink.of("call").flatMap((call) => call.shortened.map((cut) => cut.part))).toEqual(["results"]);
    const cut = requests.find((request) => request.callId === "1.commit.1");
    expect(lastMessage(cut as never)).toMatch(/characters cut here to fit the context/);
  });

  test("an overflow that remains fails the episode on the scaffold's account", async () => {
    const { outcome } = await playOn(() => act, { contextTokens: 300 });
    expect(outcome).toMatchObject({ status: "failed", end: { reason: "scaffold.prompt_overflow", progression: 0 } });
  });

  test("a server that calls a prompt too long is asked again with a shorter one", async () => {
    let refused = 0;
    const { sink } = await playOn(
      (request) => {
        if (request.callId === "1.commit.1" && refused++ === 0) throw new ModelError("context_overflow", "too long");
        if (request.callId === "1.log.0") return `<|WRITE|>strategy.txt|${long}<|END|><|DONE|>`;
        if (request.callId === "1.commit.0") return "<|READ|>strategy.txt<|END|>";
        return phaseOf(request) === "log" ? "<|DONE|>" : act;
      },
      { maxSteps: 2 },
    );
    const again = sink.of("call").find((call) => call.callId === "1.commit.1");
    expect(again?.budget).toBeLessThan(sink.of("call")[0]?.budget ?? 0);
    expect(again?.shortened.map((cut) => cut.part)).toEqual(["results"]);
  });
});

describe("hooks in play", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hooks-"));
    const manifest = {
      schema: "metamem.scaffold/1",
      name: "hooked",
      parent: null,
      kind: "memory",
      families: ["*"],
      ops: { log: ["APPEND", "DONE"], consult: ["HANDOFF"], commit: ["ACTION"] },
      files: [
        { name: "log.txt", kind: "log", description: "log", retention: { maxLines: 3, keepHead: 1 }, pinned: ["plan"] },
        { name: "rules.txt", kind: "reference", description: "facts" },
      ],
      prompts: {
        log: [{ part: "o", source: "observation" }],
        plan: [
          { part: "pinned", source: "pinned" },
          { part: "o", source: "observation" },
        ],
        correction: [{ part: "problem", source: "problem" }],
        logFollowUp: [{ part: "results", source: "results" }],
        planFollowUp: [{ part: "results", source: "results" }],
        handoff: [{ part: "results", source: "results" }],
      },
      hooks: ["gate", "extract"],
    };
    writeFileSync(join(folder, "scaffold.json"), JSON.stringify(manifest));
    writeFileSync(
      join(folder, "scaffold.ts"),
      `export function extract({ features }: { features: { at: number } }) { return { far: features.at > 0 }; }
       export function gate({ action, facts }: { action: string; facts: { far: boolean } }) {
         return action === "West" && !facts.far ? { verdict: "reject", gateId: "wall", reason: "there is a wall" } : { verdict: "pass" };
       }`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("a gate may reject a commit twice per step, at no cost of calls, then it passes", async () => {
    const { sink, requests } = await playOn(() => "<|ACTION|>West<|END|>", {
      scaffold: folder,
      protocol: { planCalls: 1, finalLog: false },
    });
    expect(sink.of("gate").map((gate) => [gate.gateId, gate.rejection])).toEqual([
      ["wall", 1],
      ["wall", 2],
      ["wall", 2],
    ]);
    expect(sink.of("gate").map((gate) => gate.verdict)).toEqual(["reject", "reject", "pass"]);
    expect(requests).toHaveLength(3);
    expect(lastMessage(requests[1] as never)).toBe("there is a wall");
    expect(sink.of("action")[0]).toMatchObject({ executed: "West", source: "model" });
  });

  test("retention keeps head and newest lines, as an op of the scaffold's own", async () => {
    const { sink, files, requests } = await playOn(
      (request) =>
        phaseOf(request) === "log" ? `<|APPEND|>log.txt|${request.callId}<|END|><|DONE|>` : "<|ACTION|>Wait<|END|>",
      { scaffold: folder, maxSteps: 5 },
    );
    expect(files["log.txt"]).toBe("1.log.0\n(3 older lines dropped)\n5.log.0\n");
    const own = sink.of("op").filter((op) => op.origin === "scaffold");
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((op) => op.callId === null)).toBe(true);
    expect(lastMessage(requests.find((request) => request.callId === "3.commit.0") as never)).toContain(
      "Content of log.txt:\n1.log.0\n2.log.0\n3.log.0",
    );
  });

  test("reference files are read-only for the model", async () => {
    const { sink, files } = await playOn(
      (request) => (phaseOf(request) === "log" ? "<|APPEND|>rules.txt|mine<|END|><|DONE|>" : "<|ACTION|>Wait<|END|>"),
      {
        scaffold: folder,
      },
    );
    expect(sink.of("op")[0]?.status).not.toBe("ok");
    expect(files["rules.txt"]).toBe("");
  });
});

describe("context bundles", () => {
  test("the baseline sees the last 16 steps as a conversation and has no memory", async () => {
    const scaffold = join(import.meta.dirname, "../../seeds/scaffolds/sliding-window");
    const { requests, sink, files } = await playOn(() => act, { scaffold, maxSteps: 20 });
    expect(requests.at(-1)?.messages.filter((message) => message.role === "assistant")).toHaveLength(16);
    expect(requests.every((request) => phaseOf(request) === "commit")).toBe(true);
    expect(sink.of("op")).toEqual([]);
    expect(files).toEqual({});
  });
});
