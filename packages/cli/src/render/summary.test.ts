import { MetricsPass, type NewEvent } from "@metamem/core";
import type { EpisodeResult } from "@metamem/loops";
import { expect, test } from "vitest";
import { Painter } from "./colours.ts";
import { summaryLines } from "./summary.ts";

function metricsOf(...ops: readonly { readonly name: string; readonly status: "ok" | "denied" }[]) {
  const pass = new MetricsPass(() => "");
  for (const [index, op] of ops.entries()) {
    const event: NewEvent = {
      ...{ kind: "op", step: 1, opId: `1.log.op${index}`, callId: "1.log.0", origin: "model", phase: "log" },
      ...{ args: {}, offset: 0, result: "", shown: true, ...op },
    };
    pass.add(event);
  }
  return pass.result();
}

const model = { spec: "scripted", ruleBased: true, contextTokens: 8192, server: null, template: null };
const result: EpisodeResult = {
  ...{ schema: "metamem.episode/1", episodeId: "e", status: "finished", error: null, task: "t", seed: 1 },
  ...{ family: { name: "maze", version: "1" }, scaffold: { name: "s", hash: "h" }, protocol: "default" },
  ...{ temperature: 1, samplingSeed: 0, maxSteps: 2, models: { memory: model, gameplay: model } },
  ...{ rule_based: true, label: "rule-based player", steps: 2, turn: 2, progression: 0, episodeReturn: 0 },
  ...{ endReason: "step_limit", milestones: [], details: {}, memory: { storeHash: "h", files: 0, bytes: 0 } },
  metrics: metricsOf({ name: "APPEND", status: "ok" }, { name: "HANDOFF", status: "denied" }),
  operational: {
    ...{ folder: "run", startedAt: "2026-01-01T00:00:00Z", endedAt: "2026-01-01T00:00:00Z", seconds: 1 },
    ...{ stepsPlayed: 2, stepsPerSecond: 2, resumes: 0, retries: 0 },
    ...{ modelSeconds: { log: 0, consult: 0, commit: 0 }, code: { version: "0", bun: "0" } },
  },
};

test("the table of memory ops holds no control op", () => {
  const lines = summaryLines(result, new Painter("none"));
  expect(lines.some((line) => /^\s*APPEND\s+1\s/.test(line))).toBe(true);
  expect(lines.join("\n")).not.toContain("HANDOFF");
});
