import type { JsonObject } from "../json.ts";
import type { Frame } from "./frame.ts";

/** In-process games answer at once; others may live in another process. */
export type Awaitable<T> = T | Promise<T>;

/** One entry of a task's action list. */
export interface ActionSpec {
  /** Exact text the environment accepts. */
  readonly name: string;
  /** One short clause in our own words. */
  readonly description: string;
  /** Unit step of a movement (x east, y south); absent when the action does not move. Metrics find reversals by it. */
  readonly direction?: readonly [dx: number, dy: number];
}

/** A playable task. Plain data: it is stored in the trace header and hashed. */
export interface TaskSpec {
  readonly family: string;
  /** Unique in the family, e.g. `default`. */
  readonly id: string;
  readonly title: string;
  readonly actions: readonly ActionSpec[];
  /** What the benchmark executes for an unlisted action. */
  readonly defaultAction: string;
  /** What the agent commits when a step ends without a usable action. Always in `actions`. */
  readonly fallbackAction: string;
  /** Agent steps per episode in the benchmark. */
  readonly maxSteps: number;
  /** Construction options of the environment (sizes, switches); JSON, recorded. */
  readonly options: JsonObject;
}

/** What fixes a world together with its task. `extra` holds what only some families have (display seed, clock, ...). */
export interface WorldSeed {
  readonly seed: number;
  readonly extra?: JsonObject;
}

/** Typed facts a player can see. Each family publishes its own schema; the agent layer passes them on as JSON. */
export type Features = JsonObject;

/** What the agent is shown after a reset or a step. The texts are byte-exact with the benchmark's wrappers. */
export interface Observation {
  readonly longTerm: string;
  readonly shortTerm: string;
  readonly features: Features;
  /** The environment's own counter of game time, not the agent's step. */
  readonly turn: number;
}

export interface StepResult {
  readonly observation: Observation;
  readonly reward: number;
  /** The game ended. */
  readonly terminated: boolean;
  /** The environment cut the episode (its own limits; the agent's step limit is not the environment's business). */
  readonly truncated: boolean;
}

/** Something the benchmark counts towards progression, in the family's fixed order. */
export interface Milestone {
  readonly name: string;
  readonly reached: boolean;
}

export interface Progress {
  /** Fraction 0…1, exactly as the benchmark computes it. */
  readonly progression: number;
  readonly milestones: readonly Milestone[];
  /** Why the game ended; null while it runs. */
  readonly endReason: string | null;
  /** The family's own record (score, depth, counters, ...). */
  readonly details: JsonObject;
}

/** Exact state as bytes: only valid for the same task and the same build of the environment. */
export type Snapshot = Uint8Array;

/**
 * One game instance. Owned by its creator, ended by an explicit `close()`, never by a finalizer.
 * `reset` and `step` may return a value or a promise; nothing else does. Using a closed or un-reset instance, or stepping after the
 * end, throws `EnvironmentError` and changes nothing.
 */
export interface Environment {
  readonly task: TaskSpec;
  reset(world: WorldSeed): Awaitable<Observation>;
  /** `action` must be a name from the task's list; the agent layer canonicalises before. */
  step(action: string): Awaitable<StepResult>;
  progress(): Progress;
  /** The picture as data. Never consumes game randomness. */
  frame(): Frame;
  /** Optional speed-ups; replay from the action list is what everything relies on. */
  snapshot?(): Snapshot;
  restore?(snapshot: Snapshot): Observation;
  close(): void;
}
