import type { Frame, TraceEvent, ViewSpec } from "@metamem/core";
import { expect, test } from "vitest";
import { Painter } from "./colours.ts";
import { stepLines } from "./trace-step.ts";

const attack = "\u001b[2J\u001b]0;owned\u0007\u202eand\rmore";
const view: ViewSpec = {
  columnsPerCell: 1,
  styles: [{ glyph: "\u001b", foreground: 0, background: 0, label: attack }],
};
const frame: Frame = { width: 1, height: 1, cells: new Uint16Array([0]), gauges: [{ label: attack, value: 1 }] };

const base = { seq: 0, step: 3 };
/** One event of each kind, with the attack wherever a text may stand. */
const events: readonly TraceEvent[] = [
  {
    ...{ ...base, kind: "obs", longTerm: "x", shortTerm: "x", features: "x", turn: 3, reward: 1, terminated: true },
    ...{ truncated: false, progression: 0.5, milestones: [attack] },
    frame: { key: false, cells: [], values: [] },
  },
  {
    ...{ ...base, kind: "effect", changed: true, intended: true, flags: [attack], summary: attack, reversals: 3 },
    ...{ oscillating: true, stuck: true, sameText: false },
  },
  { ...base, kind: "phase.start", phase: "log" },
  {
    ...{ ...base, kind: "call", callId: attack, conversation: attack, phase: "log", role: "memory", seed: 1 },
    ...{ added: [{ role: "user", parts: [{ part: attack, blob: "x", tokens: 1 }] }], maxTokens: 1, temperature: 1 },
    ...{ budget: 1, shortened: [{ part: attack, removedTokens: 3 }], reply: "x", finish: "length" },
    ...{ tokens: { prompt: 1, cached: 1, output: 1, exact: false }, servedModel: attack },
  },
  { ...base, kind: "conv.edit", conversation: attack, message: 1, blob: "x", reason: attack },
  {
    ...{ ...base, kind: "op", opId: attack, callId: attack, origin: "model", phase: "log", name: attack },
    ...{ args: { file: attack }, offset: 0, status: "ok", matches: 2, result: "x", shown: false, repeat: true },
  },
  {
    ...{ ...base, kind: "mem", opId: attack },
    delta: { file: attack, change: "append", text: attack, before: null, after: null, storeHash: "x", bytes: 1 },
  },
  { ...base, kind: "notice", noticeId: attack, severity: "warn", phase: "log", blob: "x" },
  { ...base, kind: "gate", gateId: attack, action: attack, verdict: "reject", reason: attack, rejection: 1 },
  { ...base, kind: "phase.end", phase: "log", exit: "done", calls: 1 },
  {
    ...{ ...base, kind: "action", raw: attack, canonical: attack, rule: attack, executed: attack },
    ...{ source: "repair", valid: true },
  },
  {
    ...{ ...base, kind: "episode.end", status: "finished", reason: attack, steps: 3, progression: 1 },
    ...{ episodeReturn: 1, milestones: [attack], details: {} },
  },
];

test.each([
  ["in full", { full: true, brief: false }],
  ["shortened", { full: false, brief: false }],
  ["in brief", { full: false, brief: true }],
])("a trace from elsewhere cannot steer the terminal: %s", (_name, how) => {
  const options = { ...how, text: () => attack, painter: new Painter("none"), seen: new Set<string>() };
  const shown = stepLines(3, events, frame, view, options).join("\n");
  expect(shown).toContain("and");
  expect(shown.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(shown).not.toContain("owned");
});
