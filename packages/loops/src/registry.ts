import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type EnvironmentFamily, type JsonObject, type TaskSpec, taskSchema, UsageError } from "@metamem/core";
import { families } from "@metamem/native-env";
import { suggestion } from "./nearest.ts";
import { offerCore } from "./outside-modules.ts";

/** The families that come with the system; the first is the default of every command. */
export function registeredFamilies(): readonly EnvironmentFamily[] {
  return families;
}

/**
 * A registered family by name, or the `family` exported by a module given as a path (`./my-game.ts`). Importing a module runs it: only
 * what the user typed may come here, never something read from a trace.
 * @throws UsageError for unknown names, and for modules that are missing, fail to load or export no family.
 */
export async function findFamily(nameOrPath: string): Promise<EnvironmentFamily> {
  const known = families.find((family) => family.name === nameOrPath);
  if (known !== undefined) return known;
  if (isModulePath(nameOrPath)) return await importFamily(nameOrPath);
  const names = families.map((family) => family.name);
  throw new UsageError(
    "environment",
    `unknown environment '${nameOrPath}': there are ${names.join(", ")}, or give the path of a module.${suggestion(nameOrPath, names)}`,
  );
}

/** Whether a name is one of the family's tasks, or a file of the kind it reads tasks from. */
export function knowsTask({ tasks, taskFiles }: EnvironmentFamily, name: string): boolean {
  return tasks.some(({ id }) => id === name) || (taskFiles !== undefined && name.endsWith(taskFiles.ending));
}

/**
 * The task with this id, without an id the family's first; or the task in a file, for families that read such files.
 * @throws UsageError for an unknown task, and for a file that is missing or not in order
 */
export async function findTask(family: EnvironmentFamily, idOrPath?: string): Promise<TaskSpec> {
  const task = idOrPath === undefined ? family.tasks[0] : family.tasks.find(({ id }) => id === idOrPath);
  if (task !== undefined) return task;
  const named = idOrPath ?? "";
  const { taskFiles } = family;
  if (taskFiles !== undefined && named.endsWith(taskFiles.ending)) return await taskFiles.read(named);
  const ids = family.tasks.map(({ id }) => id);
  const files = taskFiles === undefined ? "" : `, or the path of a ${taskFiles.ending} file`;
  throw new UsageError(
    "task",
    `unknown task '${named}' of ${family.name}: there are ${ids.join(", ")}${files}.${suggestion(named, ids)}`,
  );
}

/**
 * The task of a trace: the family's own of that id; or, where tasks can be files, the recorded one itself, which `open` checks.
 * @throws UsageError for a task that this version does not know
 */
export async function recordedTask(family: EnvironmentFamily, recorded: JsonObject): Promise<TaskSpec> {
  const id = String(recorded.id);
  if (family.taskFiles === undefined || !id.endsWith(family.taskFiles.ending)) return await findTask(family, id);
  const { data } = taskSchema.safeParse(recorded);
  if (data === undefined) throw new UsageError("task", `the trace's task '${id}' is not one of this version`);
  return data;
}

/** Whether `--env` names a file rather than a registered family. */
export function isModulePath(text: string): boolean {
  return /[/\\]/.test(text) || /\.[cm]?[jt]s$/.test(text);
}

async function importFamily(path: string): Promise<EnvironmentFamily> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError("environment", `no file ${path}: --env takes a name or a module's path`);
  offerCore();
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new UsageError("environment", `${path} does not load: ${oneLine(cause)}`, { cause });
  }
  const { family } = module;
  if (isFamily(family)) {
    if (families.every(({ name }) => name !== family.name)) return family;
    throw new UsageError(
      "environment",
      `${path} calls its family '${family.name}', which comes with the system: rename it`,
    );
  }
  throw new UsageError("environment", `${path} exports no 'family' with a lower-case name, version, tasks and open()`);
}

function isFamily(value: unknown): value is EnvironmentFamily {
  if (typeof value !== "object" || value === null) return false;
  const { name, version, tasks, open } = value as Partial<Record<keyof EnvironmentFamily, unknown>>;
  return (
    typeof name === "string" &&
    /^[a-z0-9][a-z0-9-]*$/.test(name) &&
    typeof version === "string" &&
    Array.isArray(tasks) &&
    tasks.length > 0 &&
    typeof open === "function"
  );
}

function oneLine(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, " ").slice(0, 300);
}
