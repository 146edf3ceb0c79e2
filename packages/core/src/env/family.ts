import type { z } from "zod";
import type { JsonObject } from "../json.ts";
import type { RulePlayer } from "../model/rule-player.ts";
import type { DataSet } from "./data-set.ts";
import type { Awaitable, Environment, Features, Observation, TaskSpec, WorldSeed } from "./environment.ts";
import type { Frame, ViewSpec } from "./frame.ts";
import type { TaskFiles } from "./task-files.ts";

/** How model text became a listed action. */
export interface Canonical {
  /** A name from the task's list, or null when nothing in it matches. */
  readonly action: string | null;
  /** `exact`, or the id of the rule that mended it. */
  readonly rule: string;
}

/** What one action did, judged from typed features only (never from text equality). */
export interface Effect {
  /** Something the player can attribute to the action or suffer from changed. Creatures walking about do not count. */
  readonly changed: boolean;
  /** The action was meant to change something; `changed === false && intended` is what "stuck" means. */
  readonly intended: boolean;
  /** Stable tags, e.g. `moved`, `blocked`, `inventory`, `health-lost`. */
  readonly flags: readonly string[];
  /** One clause for prompts, e.g. `moved one step west; wood 2 -> 3`. */
  readonly summary: string;
}

/** Goal and rules text for prompts, in our own words; the action list is rendered from the task, never written twice. */
export interface Instruction {
  readonly role: string;
  readonly goal: string;
  /** How to read the observation. */
  readonly observationGuide: string;
}

export interface ParityDivergence {
  readonly episode: string;
  readonly seed: number;
  readonly step: number;
  readonly action: string | null;
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
  /** The last ten actions, oldest first. */
  readonly recentActions: readonly string[];
}

export interface ParityReport {
  readonly steps: number;
  readonly episodes: number;
  readonly divergences: readonly ParityDivergence[];
  /** Things the file holds that were not checked, by kind, e.g. `{ frames: 1142 }`. */
  readonly unchecked: Readonly<Record<string, number>>;
}

export interface ParityOptions {
  /** Family-specific extras, e.g. `{ textures: path }`. */
  readonly extras?: Readonly<Record<string, string>>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Another task in the place of one that cannot be played on this machine. Its id says that it is not the same. */
export interface StandIn {
  readonly task: TaskSpec;
  /** One clause for people: what is missing, and how to get it. */
  readonly reason: string;
}

/** Everything the system knows about one kind of game: one registered record. Nothing else knows a game's name. */
export interface EnvironmentFamily {
  /** Lower-case, used on the command line and in traces. */
  readonly name: string;
  readonly title: string;
  /** Version of the game's behaviour; replay refuses another one. */
  readonly version: string;
  /** The first task is the default. */
  readonly tasks: readonly TaskSpec[];
  /** Validates the task's options and builds an instance. Bad options throw `UsageError`. */
  open(task: TaskSpec): Awaitable<Environment>;
  readonly featureSchema: z.ZodType<Features>;
  canonicalise(text: string, task: TaskSpec): Canonical;
  effect(before: Observation, action: string, after: Observation): Effect;
  instruction(task: TaskSpec): Instruction;
  readonly view: ViewSpec;
  /**
   * Which action a person's key plays, in every task that has the action. A key that prints is named by its character, the others are `up`, `down`,
   * `left`, `right`, `enter`, `escape`, `space`, `backspace`, `ctrl-d`, `alt-p`. Without it nobody can play the family by hand.
   */
  readonly keys?: Readonly<Record<string, string>>;
  /** The rule-based player behind `--model scripted`; without it that model refuses the family. */
  readonly player?: RulePlayer;
  /** Task options that put the words of the published release into the texts; without them a protocol's `textSubstitutions` changes nothing. */
  readonly textSubstitutions?: JsonObject;
  /** What is played instead of a task whose data this machine lacks; null when nothing is missing. */
  standIn?(task: TaskSpec): StandIn | null;
  /** Tasks that people write as files; without it there are only the listed ones. */
  readonly taskFiles?: TaskFiles;
  /**
   * A world as it is when an episode begins, hidden things too, in the family's styles: for people who make tasks, never for players. Throws as `open` and
   * `reset` do.
   */
  preview?(task: TaskSpec, world: WorldSeed): Awaitable<Frame>;
  /** Checks a file of reference recordings. Throws `UsageError` when the file is not of the family's format. */
  parity?(path: string, options: ParityOptions): Promise<ParityReport>;
  /** What its tasks play from when a user has it; `metamem data` checks and stores it. */
  readonly dataSets?: readonly DataSet[];
  /** Extra facts for the trace header (build id of the addon, ...). */
  readonly provenance?: () => JsonObject;
}
