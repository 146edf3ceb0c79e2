import { UsageError } from "@metamem/core";
import {
  type Price,
  parseAssignment,
  type RolloutConfig,
  readConfigFile,
  resolveConfig,
  withValue,
} from "@metamem/loops";

/** The options of `metamem rollout`, as commander hands them over. */
export interface RolloutOptions {
  readonly worlds?: string;
  readonly env?: readonly string[];
  readonly task?: readonly string[];
  readonly scaffold?: string;
  readonly model?: string;
  readonly memoryModel?: string;
  readonly gameplayModel?: string;
  readonly protocol?: string;
  readonly episodesPerWorld?: number;
  readonly samplingSeed?: number;
  readonly maxSteps?: number;
  readonly temperature?: number;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly concurrency?: number | "auto";
  readonly shards?: number;
  readonly callTimeout?: number;
  readonly stepTimeout?: number;
  readonly episodeTimeout?: number;
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly maxMinutes?: number;
  readonly price?: Price;
  readonly adapter?: Readonly<Record<string, string>>;
  readonly queue?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly restartChanged?: boolean;
  readonly dryRun?: boolean;
  readonly averages?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** False with `--no-live`. */
  readonly live: boolean;
}

/** Option -> key of the config. The first group decides what is played, the second how it is run. */
const playKeys = {
  worlds: "worlds",
  env: "env",
  task: "tasks",
  scaffold: "scaffold",
  model: "model",
  memoryModel: "memoryModel",
  gameplayModel: "gameplayModel",
  protocol: "protocol",
  episodesPerWorld: "episodesPerWorld",
  samplingSeed: "samplingSeed",
  maxSteps: "maxSteps",
  temperature: "protocol.temperature",
} as const satisfies Partial<Record<keyof RolloutOptions, string>>;

const operationKeys = {
  concurrency: "concurrency",
  shards: "shards",
  callTimeout: "limits.callSeconds",
  stepTimeout: "limits.stepSeconds",
  episodeTimeout: "limits.episodeMinutes",
  maxCost: "budget.cost",
  maxTokens: "budget.tokens",
  maxMinutes: "budget.minutes",
} as const satisfies Partial<Record<keyof RolloutOptions, string>>;

const operationRoots = new Set(["concurrency", "shards", "limits", "budget", "prices", "adapters"]);

type Table = Record<string, unknown>;

/** The config of a new run: the file, then options, then `--set`, the later ones winning. */
export function configOf(options: RolloutOptions): RolloutConfig {
  let config: Table = options.config === undefined ? {} : readConfigFile(options.config);
  config = withOptions(config, options, { ...playKeys, ...operationKeys });
  for (const text of options.set ?? []) {
    const { path, value } = parseAssignment(text);
    config = withValue(config, path, value);
  }
  return resolveConfig(config);
}

/** How a run is continued: as before, but for what is given now. */
export function operationAfter(
  before: RolloutConfig["operation"],
  options: RolloutOptions,
): RolloutConfig["operation"] {
  let config = withOptions({ ...before }, options, operationKeys);
  for (const text of options.set ?? []) {
    const { path, value } = parseAssignment(text);
    config = withValue(config, path, value);
  }
  return resolveConfig(config).operation;
}

/** A resume takes what is played from the run; only what is not registered has to be named again. */
export function insistOnResumable(options: RolloutOptions): void {
  const fixed = [...(Object.keys(playKeys) as (keyof typeof playKeys)[]), "config", "out"] as const;
  const given = fixed.find((name) => name !== "env" && name !== "scaffold" && options[name] !== undefined);
  if (given !== undefined) {
    throw new UsageError("option", `--resume takes ${flagOf(given)} from the run: leave that option out`);
  }
  for (const text of options.set ?? []) {
    const { path } = parseAssignment(text);
    const root = path.split(".")[0] ?? "";
    if (!operationRoots.has(root))
      throw new UsageError("option", `--resume takes ${path} from the run: leave that --set out`);
  }
}

/** Workers have settings of their own for these. */
export function insistOnWorkers(options: RolloutOptions): void {
  const given = (["concurrency", "shards"] as const).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const advice = "each worker has its own --concurrency";
  throw new UsageError("option", `${flagOf(given)} does not go with --queue: ${advice}`);
}

function withOptions(config: Table, options: RolloutOptions, keys: Readonly<Record<string, string>>): Table {
  let changed = config;
  for (const [name, path] of Object.entries(keys)) {
    const value = options[name as keyof RolloutOptions];
    if (value !== undefined) changed = withValue(changed, path, value);
  }
  if (options.adapter !== undefined) {
    const named = typeof changed.adapters === "object" ? changed.adapters : {};
    changed = withValue(changed, "adapters", { ...named, ...options.adapter });
  }
  if (options.price === undefined) return changed;
  return withValue(withValue(changed, "prices.memory", options.price), "prices.gameplay", options.price);
}

/** `maxSteps` -> `--max-steps`, as the user typed it. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
