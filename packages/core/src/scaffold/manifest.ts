import { z } from "zod";
import { nameProblem } from "../memory/names.ts";
import { type OpName, opTable, type Phase } from "../ops/vocabulary.ts";

/**
 * `scaffold.json`: the declarative half of a scaffold bundle (docs/scaffolds.md). Everything a revision may change about prompts, files and ops is data
 * here; what must compute is a hook in `scaffold.ts`.
 */

const opNames = opTable.map((op) => op.name) as [OpName, ...OpName[]];
const opList = z.array(z.enum(opNames));

/** A path inside the bundle. */
const bundlePath = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/, "must be a relative path inside the bundle");

/** What the host can put into a prompt. */
export const hostSources = [
  "role",
  "goal",
  "actions",
  "observation-guide",
  "ops",
  "file-index",
  "pinned",
  "recent",
  "last-action",
  "clock",
  "notices-top",
  "notices",
  "notices-bottom",
  "observation",
  "status",
  "results",
  "problem",
  "history",
] as const;
export type HostSource = (typeof hostSources)[number];

/** Names that `{{slots}}` in a bundle's texts may have. */
export const slotNames = ["game", "step", "turn", "maxSteps", "callsLeft", "problem"] as const;
/** `{{name}}` in a bundle's texts. */
export const slotPattern = /\{\{\s*([A-Za-z]+)\s*\}\}/g;

/**
 * One named part of a prompt. Exactly one of `file` (a text of the bundle with `{{slots}}`) and `source` (made by the host) is given. Parts whose text
 * turns out empty are left out.
 */
export const partSpecSchema = z
  .strictObject({
    part: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    role: z.enum(["system", "user"]).default("user"),
    file: bundlePath.optional(),
    source: z.enum(hostSources).optional(),
    /** May be cut when the prompt outgrows the context: lower ranks first, and within a rank the oldest message first. */
    shorten: z.strictObject({ rank: z.int().min(1).max(9), keep: z.enum(["start", "end"]) }).optional(),
    families: z.array(z.string()).optional(),
  })
  .refine((part) => (part.file === undefined) !== (part.source === undefined), "give either file or source");
export type PartSpec = z.infer<typeof partSpecSchema>;

/** One memory file of the schema shown to the model. Files not declared may still be created by the model. */
export const memoryFileSchema = z.strictObject({
  name: z.string(),
  /** `reference` is read-only; `derived` is written by hooks only; the others are the model's. */
  kind: z.enum(["reference", "state", "log", "map", "checklist", "derived"]),
  description: z.string(),
  families: z.array(z.string()).optional(),
  /** Shown in these phases without a read. */
  pinned: z.array(z.enum(["log", "plan"])).default([]),
  /** Oldest lines beyond this many are dropped after LOG, first `keepHead` lines excepted; recorded as a scaffold op. */
  retention: z.strictObject({ maxLines: z.int().min(1), keepHead: z.int().min(0).default(0) }).optional(),
});
export type MemoryFileSpec = z.infer<typeof memoryFileSchema>;

const parts = z.array(partSpecSchema);

export const manifestSchema = z.strictObject({
  schema: z.literal("metamem.scaffold/1"),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** Hash of the bundle this one was revised from. */
  parent: z.string().nullable(),
  /** `memory` bundles play LOG and PLAN with ops; `context` bundles (the baselines) see a history of steps and have no memory. */
  kind: z.enum(["memory", "context"]),
  /** Families it was written for; `*` for any. */
  families: z.array(z.string()).min(1),
  ops: z.strictObject({ log: opList, consult: opList, commit: opList }),
  limits: z
    .strictObject({
      fileBytes: z
        .int()
        .min(1024)
        .max(16 * 1024 * 1024),
      totalBytes: z
        .int()
        .min(1024)
        .max(64 * 1024 * 1024),
      files: z.int().min(1).max(1024),
      resultBytes: z
        .int()
        .min(256)
        .max(256 * 1024),
      resultLines: z.int().min(1).max(10_000),
    })
    .partial()
    .default({}),
  files: z.array(memoryFileSchema).default([]),
  /** Steps of history a context bundle is shown. */
  historySteps: z.int().min(0).max(1000).default(0),
  prompts: z.strictObject({
    log: parts.default([]),
    logFollowUp: parts.default([]),
    plan: parts,
    planFollowUp: parts.default([]),
    /** Shown once when a reply holds neither an op nor an action. */
    correction: parts.default([]),
    /** Two-model play: the message with which the gameplay model takes over. */
    handoff: parts.default([]),
  }),
  /** Hooks the bundle's scaffold.ts defines. */
  hooks: z.array(z.enum(["extract", "reduce", "notices", "gate", "retention"])).default([]),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Problems of a well-formed manifest: ops the method does not allow in a phase, phases without their control op. */
export function manifestProblems(manifest: Manifest): string[] {
  const problems: string[] = [];
  const phases: readonly Phase[] = ["log", "consult", "commit"];
  for (const phase of phases) {
    for (const name of manifest.ops[phase]) {
      const allowed = opTable.find((op) => op.name === name)?.phases.includes(phase) ?? false;
      if (!allowed) problems.push(`ops.${phase} lists ${name}, which the method does not allow there`);
    }
  }
  problems.push(
    ...repeated(
      "files",
      manifest.files.map((file) => file.name),
    ),
  );
  for (const file of manifest.files) {
    const problem = nameProblem(file.name);
    if (problem !== null) problems.push(problem);
  }
  for (const [list, specs] of Object.entries(manifest.prompts)) {
    problems.push(
      ...repeated(
        `prompts.${list}`,
        specs.map((spec) => spec.part),
      ),
    );
  }
  for (const list of requiredLists(manifest)) {
    if (manifest.prompts[list].length === 0) problems.push(`prompts.${list} is empty`);
  }
  if (!manifest.ops.commit.includes("ACTION")) problems.push("ops.commit must list ACTION");
  if (manifest.kind === "memory") {
    if (!manifest.ops.log.includes("DONE")) problems.push("ops.log must list DONE");
    if (!manifest.ops.consult.includes("HANDOFF")) problems.push("ops.consult must list HANDOFF");
    if (manifest.historySteps > 0) problems.push("a memory bundle has no history: remove historySteps");
  } else if (
    manifest.ops.log.length + manifest.ops.consult.length > 0 ||
    manifest.ops.commit.length > 1 ||
    manifest.files.length > 0
  ) {
    problems.push("a context bundle has no ops but ACTION and no files");
  }
  return problems;
}

function requiredLists({ kind }: Manifest): (keyof Manifest["prompts"])[] {
  return kind === "context" ? ["plan"] : ["log", "logFollowUp", "plan", "planFollowUp", "correction", "handoff"];
}

function repeated(where: string, names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) < index).map((name) => `${where} names ${name} twice`);
}
