import { z } from "zod";
import { jsonObjectSchema, jsonSchema } from "../json.ts";

/**
 * The trace's event vocabulary (docs/trace-format.md). Events are content: two runs of the same episode write the same events, byte
 * for byte, except for the one object named `operational` (wall times, retries), which no comparison reads.
 * Long texts are stored once in the part pack and referenced by hash.
 */

export const traceSchemaVersion = "metamem.trace/1";

const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const phase = z.enum(["log", "consult", "commit"]);
const role = z.enum(["memory", "gameplay"]);

/** A prompt part: a name for people and metrics, the hash of its text, and its token count (an estimate unless the header names a tokenizer for both roles). */
export const partRefSchema = z.strictObject({ part: z.string(), blob: hash, tokens: count });

/** A message is the texts of its parts joined by one blank line. */
export const messageRefSchema = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  parts: z.array(partRefSchema),
});

/**
 * A picture (env/frame.ts). A key frame stands alone: cells as a run-length list `[style, length, ...]`, gauges in full. The others hold what
 * changed since the frame before: `cells` as `[index, style, ...]`, `values` as `[gauge index, value, ...]`.
 */
export const frameDeltaSchema = z.discriminatedUnion("key", [
  z.strictObject({
    key: z.literal(true),
    width: count,
    height: count,
    cells: z.array(count),
    gauges: z.array(z.strictObject({ label: z.string(), value: z.number(), max: z.number().exactOptional() })),
  }),
  z.strictObject({ key: z.literal(false), cells: z.array(count), values: z.array(z.number()) }),
]);

export const memoryDeltaSchema = z.strictObject({
  file: z.string(),
  change: z.enum(["create", "append", "write", "splice", "delete"]),
  text: z.string().exactOptional(),
  splices: z
    .array(z.strictObject({ at: count, remove: count, insert: z.string() }))
    .readonly()
    .exactOptional(),
  before: hash.nullable(),
  after: hash.nullable(),
  storeHash: hash,
  bytes: count,
});

const base = {
  seq: count,
  step: count,
  /** Milliseconds since the episode's first start, latencies, retries: never compared, never replayed. */
  operational: jsonObjectSchema.optional(),
};

/** What of a call comes from the model and its server, and is taken from the record by a replay. */
const answer = {
  /** Prompt tokens that were allowed; smaller than the context leaves when the server refused the first try as too long. */
  budget: count,
  reply: hash,
  finish: z.enum(["stop", "length"]),
  tokens: z.strictObject({ prompt: count, cached: count.nullable(), output: count, exact: z.boolean() }),
  servedModel: z.string(),
};

/** These fields of a `call` event, whatever else it has. */
export const answerSchema = z.object(answer);

function event<K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) {
  return z.strictObject({ ...base, kind: z.literal(kind), ...shape });
}

export const eventSchema = z.discriminatedUnion("kind", [
  /** What the player was shown before this step's decision. `reward` and the flags belong to the action that led here. */
  event("obs", {
    longTerm: hash,
    shortTerm: hash,
    features: hash,
    turn: z.number(),
    reward: z.number(),
    terminated: z.boolean(),
    truncated: z.boolean(),
    progression: z.number().min(0).max(1),
    /** Milestones reached for the first time by the last action. */
    milestones: z.array(z.string()),
    frame: frameDeltaSchema,
  }),
  /** What the previous action did, by the family's effect model, with the oscillation counter of spec automem §7.3. */
  event("effect", {
    changed: z.boolean(),
    intended: z.boolean(),
    flags: z.array(z.string()),
    summary: z.string(),
    reversals: count,
    oscillating: z.boolean(),
    stuck: z.boolean(),
    /** Observation text equal to the previous one (the paper's definition of stuck). */
    sameText: z.boolean(),
  }),
  event("phase.start", { phase }),
  event("phase.end", {
    phase,
    exit: z.enum(["done", "no_op", "limit", "commit", "handoff", "fallback", "skipped"]),
    calls: count,
  }),
  /**
   * One answered model call: only the messages added since the previous call of the same conversation. Written before the reply is
   * acted on. A call that failed for good is not content: it voids the episode (result.json says why) and a resume asks it again.
   */
  event("call", {
    callId: z.string(),
    conversation: z.string(),
    phase,
    role,
    added: z.array(messageRefSchema),
    seed: count,
    maxTokens: count,
    temperature: z.number(),
    /** Parts shortened by the prompt budget, with the tokens removed. */
    shortened: z.array(z.strictObject({ part: z.string(), removedTokens: count })),
    ...answer,
  }),
  /** A message of the conversation was replaced (the specialist's action removed before a hand-off). */
  event("conv.edit", { conversation: z.string(), message: count, blob: hash, reason: z.string() }),
  event("op", {
    opId: z.string(),
    callId: z.string().nullable(),
    origin: z.enum(["model", "scaffold"]),
    phase,
    name: z.string(),
    args: z.record(z.string(), z.string()),
    offset: count,
    status: z.enum(["ok", "malformed", "denied", "not_found", "over_limit", "refused"]),
    matches: count.optional(),
    result: hash,
    /** The result reached the model in a later call of the same conversation. */
    shown: z.boolean(),
    repeat: z.boolean().optional(),
    /** Writes: the target file was read earlier in this step and the result was in the context of this write. */
    informed: z.boolean().optional(),
  }),
  event("mem", { opId: z.string(), delta: memoryDeltaSchema }),
  event("mem.keyframe", { files: z.record(z.string(), hash), storeHash: hash }),
  event("notice", { noticeId: z.string(), severity: z.enum(["info", "warn", "directive"]), phase, blob: hash }),
  event("gate", {
    gateId: z.string(),
    action: z.string(),
    verdict: z.enum(["pass", "reject"]),
    reason: z.string(),
    rejection: count,
  }),
  /** The commit: what the model wrote, what it became, what was executed, and who decided. */
  event("action", {
    raw: z.string().nullable(),
    canonical: z.string().nullable(),
    rule: z.string(),
    executed: z.string(),
    source: z.enum(["model", "repair", "fallback"]),
    valid: z.boolean(),
  }),
  /** Reducer state of the scaffold after the step: always its hash, in full when a keyframe is due. */
  event("state", { hash, value: jsonSchema.optional() }),
  event("episode.end", {
    status: z.enum(["finished", "failed"]),
    /** `step_limit`, the environment's own reason, or the error code of a scaffold fault. */
    reason: z.string(),
    steps: count,
    progression: z.number().min(0).max(1),
    episodeReturn: z.number(),
    milestones: z.array(z.string()),
    details: jsonObjectSchema,
  }),
]);

export type TraceEvent = z.infer<typeof eventSchema>;
export type EventKind = TraceEvent["kind"];
export type EventOf<K extends EventKind> = Extract<TraceEvent, { kind: K }>;
/** An event as the agent hands it over: the sink assigns `seq` and `operational.at`. */
export type NewEvent = { [K in EventKind]: Omit<EventOf<K>, "seq"> }[EventKind];
export type MessageRef = z.infer<typeof messageRefSchema>;
export type PartRef = z.infer<typeof partRefSchema>;
export type FrameDelta = z.infer<typeof frameDeltaSchema>;

/** Everything needed to replay the episode, or to refuse to. Written first, atomically, and never changed. */
export const headerSchema = z.strictObject({
  schema: z.literal(traceSchemaVersion),
  episodeId: z.string(),
  /** ISO 8601 UTC. */
  startedAt: z.iso.datetime(),
  task: jsonObjectSchema,
  taskHash: hash,
  world: z.strictObject({ seed: z.int(), extra: jsonObjectSchema.exactOptional() }),
  family: z.strictObject({ name: z.string(), version: z.string(), provenance: jsonObjectSchema }),
  scaffold: z.strictObject({ name: z.string(), hash }),
  protocol: jsonObjectSchema,
  samplingSeed: count,
  maxSteps: count,
  roles: z.strictObject({ memory: jsonObjectSchema, gameplay: jsonObjectSchema }),
  code: z.strictObject({ version: z.string(), bun: z.string() }),
  view: jsonObjectSchema,
});
export type TraceHeader = z.infer<typeof headerSchema>;
