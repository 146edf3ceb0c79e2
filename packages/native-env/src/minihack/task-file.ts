import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { type TaskSpec, UsageError } from "@metamem/core";
import { z } from "zod";
import { actionLists } from "./actions.ts";
import { compileLevel } from "./level.ts";
import { isActionName, optionsSchema } from "./options.ts";
import { makeTask } from "./tasks.ts";

export const levelEnding = ".des";
const settingsEnding = ".toml";
const defaultList = "compass";

const listNames = Object.keys(actionLists) as [keyof typeof actionLists];
const actionName = z.string().refine(isActionName, { error: ({ input }) => `there is no action '${String(input)}'` });

/** What may stand in the file beside a level: what a task of the benchmark could differ in. */
const settingsSchema = optionsSchema
  .pick({
    character: true,
    autopickup: true,
    pet: true,
    spawnMonsters: true,
    maxSteps: true,
    goal: true,
    penaltyStep: true,
    keepsQuestions: true,
  })
  .extend({
    title: z.string().min(1).max(200).optional(),
    /** One of the benchmark's lists, or names; the first one is what stands in for anything else that an agent says. */
    actions: z
      .union(
        [z.enum(listNames), z.array(actionName).min(1).refine(isUnique, "an action stands there twice")],
        `must be one of ${listNames.join(", ")}, or a list of actions' names`,
      )
      .default(defaultList),
  });

/**
 * Reads a task: a level in the language of des-files, its limits and actions in a TOML file of the same name beside it (all of it
 * optional). Throws `UsageError` naming file and line, `SetupError` when the level compiler is not built.
 */
export function readTaskFile(path: string): TaskSpec {
  const text = readText(path);
  compileLevel(text, path);
  const { title, actions, ...options } = readSettings(path);
  const id = basename(path);
  const names = typeof actions === "string" ? actionLists[actions] : actions;
  return makeTask({
    id,
    title: title ?? `A level of one's own, ${id}`,
    actions: names,
    options: { level: { from: "des", text }, ...options },
  });
}

function readSettings(levelPath: string): z.output<typeof settingsSchema> {
  const path = `${levelPath.slice(0, -levelEnding.length)}${settingsEnding}`;
  const settings = existsSync(path) ? parseToml(path, readText(path)) : {};
  const { data, error } = settingsSchema.safeParse(settings);
  if (data !== undefined) return data;
  const issue = error.issues[0];
  throw fault(path, `${issue?.path.join(".") || "settings"}: ${issue?.message ?? "not valid"}`);
}

function readText(path: string): string {
  if (!existsSync(path)) throw fault(path, "there is no such file");
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw fault(path, `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}

function parseToml(path: string, text: string): unknown {
  try {
    return Bun.TOML.parse(text);
  } catch (cause) {
    throw fault(path, `no TOML: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function fault(path: string, problem: string, cause?: unknown): UsageError {
  return new UsageError("task_file", `${path}: ${problem}`, { cause });
}

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
