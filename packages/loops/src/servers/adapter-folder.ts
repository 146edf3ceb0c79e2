import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { SetupError, UsageError } from "@metamem/core";
import { z } from "zod";

/** A published adapter: weights that never change under a name that is never used again (spec serving §1.7). */
export interface PublishedAdapter {
  /** `run7-v0042`. */
  readonly name: string;
  /** Where the servers read it from; it stays until it is retired, as they may read it again. */
  readonly folder: string;
}

const configSchema = z.object({
  r: z.int().positive(),
  lora_alpha: z.number(),
  target_modules: z.union([z.array(z.string()).min(1), z.string()]),
  use_dora: z.boolean().nullish(),
  modules_to_save: z.array(z.string()).nullish(),
});

/** What servers read of an adapter's folder. */
export const adapterFiles = ["adapter_config.json", "adapter_model.safetensors"] as const;

/** The name of a version: 4 digits, so that names sort like versions. */
export function adapterName(run: string, version: number): string {
  if (!/^[a-z0-9][a-z0-9.-]{0,60}$/.test(run) || !Number.isInteger(version) || version < 0) {
    throw new UsageError(
      "adapter",
      `adapter '${run}' version ${version}: the name takes lower-case letters, digits, '.' and '-', the version whole numbers from 0`,
    );
  }
  return `${run}-v${String(version).padStart(4, "0")}`;
}

/**
 * Checks that servers will take the adapter in `folder`.
 * @throws UsageError that says what they would refuse: DoRA, saved modules, a rank above theirs, missing files or settings.
 */
export function checkAdapter(folder: string, maxRank: number): void {
  const refuse = (what: string): UsageError => new UsageError("adapter", `the adapter in ${folder} ${what}`);
  const missing = adapterFiles.find((name) => !existsSync(join(folder, name)));
  if (missing !== undefined) throw refuse(`lacks ${missing}: give a folder that PEFT saved`);
  const path = join(folder, adapterFiles[0]);
  const parsed = configSchema.safeParse(parseJson(path));
  if (!parsed.success) throw refuse("has no r, lora_alpha and target_modules in its adapter_config.json");
  const { r, use_dora: dora, modules_to_save: saved } = parsed.data;
  if (dora === true) throw refuse("uses DoRA, which servers refuse: train a plain LoRA adapter");
  if (saved !== null && saved !== undefined && saved.length > 0) {
    throw refuse("saves whole modules (modules_to_save), which servers refuse");
  }
  if (r > maxRank)
    throw refuse(`has rank ${r}, the servers take up to ${maxRank}: start them with a larger --max-rank`);
}

/**
 * The adapters in `root`, a folder each, by its name: what `placeAdapter` put there, or somebody by hand.
 * @param onRefused told of each that servers would refuse; it is left out, unless this throws.
 */
export function adaptersIn(
  root: string,
  maxRank: number,
  onRefused: (error: UsageError) => void,
): Readonly<Record<string, string>> {
  if (!existsSync(root)) return {};
  const folders = readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && existsSync(join(root, name, adapterFiles[0])))
    .map(({ name }) => [name, join(root, name)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const taken = folders.filter(([, folder]) => {
    try {
      checkAdapter(folder, maxRank);
      return true;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      onRefused(error);
      return false;
    }
  });
  return Object.fromEntries(taken);
}

/**
 * Puts a copy of the adapter under its final name: written beside it, synced, renamed, so that a folder of that name is always whole.
 * @throws UsageError when the name is taken; SetupError when it cannot be written.
 */
export function placeAdapter(source: string, root: string, name: string): PublishedAdapter {
  const folder = join(root, name);
  if (existsSync(folder)) {
    throw new UsageError("adapter", `${folder} exists: a published adapter never changes, publish the next version`);
  }
  const temporary = join(root, `.${name}.${process.pid}.tmp`);
  try {
    mkdirSync(root, { recursive: true });
    cpSync(source, temporary, { recursive: true });
    for (const file of readdirSync(temporary)) sync(join(temporary, file));
    renameSync(temporary, folder);
    sync(root);
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    throw new SetupError("adapter", `cannot publish ${name} in ${root}: ${String(cause)}`, { cause });
  }
  return { name, folder };
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
