import { type JsonObject, UsageError } from "@metamem/core";
import { z } from "zod";
import { type NethackAction, nethackActions } from "../nethack/actions.ts";
import { optionsSchema as challengeOptions } from "../nethack/options.ts";
import type { NativeTaskConfig } from "./native.ts";

const shared = challengeOptions.shape;

/** Where a task's levels come from. */
const levelSchema = z.discriminatedUnion("from", [
  /** One level for all seeds, in the language of des-files; what it leaves open the seed decides. */
  z.strictObject({ from: z.literal("des"), text: z.string().min(1).max(100_000) }),
  /** One of a collection, chosen by the seed. */
  z.strictObject({
    from: z.literal("boxoban"),
    difficulty: z.enum(["hard", "medium"]),
    source: z.enum(["public", "own"]),
  }),
]);

/** Options of a task. The defaults are the benchmark's (spec minihack §2 and §4), except for what differs from task to task. */
export const optionsSchema = z.strictObject({
  level: levelSchema,
  character: shared.character,
  /** Everything is picked up by walking over it. The published release of the agent plays so, the benchmark does not. */
  autopickup: z.boolean().default(false),
  pet: z.boolean().default(false),
  spawnMonsters: z.boolean().default(false),
  maxSteps: z.int().min(1).default(100),
  /** `staircase`: to stand on a staircase down. `boulders`: a boulder on every fountain. */
  goal: z.enum(["staircase", "boulders"]).default("staircase"),
  /** What a step without game time adds to the reward; not with boulders. */
  penaltyStep: z.number().min(-1).max(0).default(-0.01),
  /** All questions of the game wait for an answer; else only those about eating, attacking, praying and directions do. */
  keepsQuestions: z.boolean().default(false),
  displaySeed: shared.displaySeed,
  clock: shared.clock,
  utcOffset: shared.utcOffset,
  layout: shared.layout,
  stepWords: shared.stepWords,
  text: shared.text,
});

export type TaskOptions = z.output<typeof optionsSchema>;
export type LevelOption = TaskOptions["level"];

/** Throws `UsageError` naming the first bad option. */
export function parseOptions(options: JsonObject): TaskOptions {
  const result = optionsSchema.safeParse(options);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "options" : issue.path.join(".");
  throw new UsageError("bad_option", `MiniHack option ${where}: ${issue?.message ?? "is not valid"}`);
}

const actionByName = new Map(nethackActions.map((action) => [action.name, action]));

export function isActionName(name: string): boolean {
  return actionByName.has(name);
}

/** An action of NetHack's. Throws `UsageError` for a name that is none. */
export function actionNamed(name: string): NethackAction {
  const action = actionByName.get(name);
  if (action === undefined) throw new UsageError("bad_action", `MiniHack tasks have no action '${name.slice(0, 60)}'`);
  return action;
}

/** Everything about a game but which further arrays it writes. */
export type GameConfig = Omit<NativeTaskConfig, "wanted">;

export function gameConfig(options: TaskOptions, actions: readonly string[]): GameConfig {
  const { character, autopickup, pet, spawnMonsters, clock, utcOffset, maxSteps, penaltyStep, keepsQuestions } =
    options;
  return {
    character,
    autopickup,
    pet,
    spawnMonsters,
    clock,
    utcOffset,
    keys: Uint8Array.from(actions, (name) => actionNamed(name).key),
    boulders: options.goal === "boulders",
    maxSteps,
    penaltyStep,
    keepsQuestions,
    statisticsLayout: options.layout === "statistics",
    stepWords: options.stepWords,
  };
}
