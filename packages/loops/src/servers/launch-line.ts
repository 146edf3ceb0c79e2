import { resolve } from "node:path";
import { UsageError, type Variables } from "@metamem/core";

/** A server process to start: what is run, and what is added to the environment. */
export interface LaunchLine {
  readonly command: readonly string[];
  /** Never shown where the name ends in `KEY`. */
  readonly env: Readonly<Record<string, string>>;
}

export interface LaunchOptions {
  /** A folder, or a name that the server fetches by itself. */
  readonly model: string;
  readonly host: string;
  readonly port: number;
  /** GPUs of this replica by number; null leaves the choice to the server. */
  readonly gpus: readonly number[] | null;
  /** Prompt plus output; null leaves it to the server. */
  readonly contextTokens: number | null;
  /** Adapters known from the start: name to folder. */
  readonly adapters: Readonly<Record<string, string>>;
  /** Passed on as they are, after ours, so that they win. */
  readonly more: readonly string[];
  /** Where the key comes from (`METAMEM_API_KEY`). */
  readonly variables: Variables;
}

export interface VllmOptions extends LaunchOptions {
  /** `["vllm"]`, or Python and the module of the sidecar. */
  readonly program: readonly string[];
  /** Name of the base model in requests. */
  readonly servedName: string;
  /** The environment is our own one for CPUs. */
  readonly onCpu: boolean;
  /** Largest rank of adapters; it sizes buffers, so no larger than needed. */
  readonly maxRank: number;
  /** Adapters that can be used at the same time. */
  readonly maxAdapters: number;
}

/** The way vLLM runs its command line as a module, for environments without its script on PATH. */
export function vllmModule(python: string): readonly string[] {
  return [python, "-m", "vllm.entrypoints.cli.main"];
}

/** vLLM's command line for this system; the reasons of the flags stand in spec serving §1.1, §1.7 and §1.10. */
export function vllmLine(options: VllmOptions): LaunchLine {
  const { program, model, servedName, host, port, gpus, contextTokens, adapters } = options;
  const modules = Object.entries(adapters).map(([name, folder]) => `${name}=${resolve(folder)}`);
  const command = [
    ...[...program, "serve", model, "--served-model-name", servedName, "--host", host, "--port", String(port)],
    // Without it the model's own file changes the sampling silently.
    ...["--generation-config", "vllm"],
    ...[
      "--enable-lora",
      "--max-loras",
      String(options.maxAdapters),
      "--max-cpu-loras",
      String(4 * options.maxAdapters),
    ],
    ...["--max-lora-rank", String(options.maxRank)],
    ...["--enable-prompt-tokens-details", "--enable-force-include-usage", "--enable-server-load-tracking"],
    ...["--max-num-queued-reqs", "2048", "--disable-uvicorn-access-log"],
    ...(contextTokens === null ? [] : ["--max-model-len", String(contextTokens)]),
    ...(gpus !== null && gpus.length > 1 ? ["--tensor-parallel-size", String(gpus.length)] : []),
    ...(modules.length === 0 ? [] : ["--lora-modules", ...modules]),
    // Without the last flag 0.32.0 dies of a seeded request whose prompt it takes in parts: generators of CPUs know no offset.
    ...(options.onCpu ? ["--dtype", "bfloat16", "--enforce-eager", "--no-enable-chunked-prefill"] : []),
    ...options.more,
  ];
  const key = options.variables.METAMEM_API_KEY?.trim();
  const env = {
    VLLM_ALLOW_RUNTIME_LORA_UPDATING: "1",
    VLLM_NO_USAGE_STATS: "1",
    ...(options.onCpu
      ? { VLLM_CPU_KVCACHE_SPACE: options.variables.VLLM_CPU_KVCACHE_SPACE ?? "1", HF_HUB_OFFLINE: "1" }
      : {}),
    ...(gpus === null ? {} : { CUDA_VISIBLE_DEVICES: gpus.join(",") }),
    ...(key ? { VLLM_API_KEY: key } : {}),
  };
  return { command, env };
}

/** TGI's command line; contract-tested only, as no TGI could be run where this was written. Adapters are known from the start or not at all. */
export function tgiLine(options: LaunchOptions): LaunchLine {
  const { model, host, port, gpus, contextTokens, adapters } = options;
  const odd = Object.keys(adapters).find((name) => /[,=]/.test(name));
  if (odd !== undefined) throw new UsageError("adapter", `adapter '${odd}': TGI takes no name with ',' or '='`);
  const modules = Object.entries(adapters).map(([name, folder]) => `${name}=${resolve(folder)}`);
  const command = [
    ...["text-generation-launcher", "--model-id", model, "--hostname", host, "--port", String(port)],
    ...(contextTokens === null
      ? []
      : ["--max-total-tokens", String(contextTokens), "--max-input-tokens", String(contextTokens - 1)]),
    ...(gpus !== null && gpus.length > 1 ? ["--num-shard", String(gpus.length)] : []),
    ...options.more,
  ];
  const env = {
    ...(modules.length === 0 ? {} : { LORA_ADAPTERS: modules.join(",") }),
    ...(gpus === null ? {} : { CUDA_VISIBLE_DEVICES: gpus.join(",") }),
  };
  return { command, env };
}

/** The line as it can be pasted into a shell, with keys blanked. */
export function shownLine({ command, env }: LaunchLine): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${/KEY$/.test(name) ? "***" : quoted(value)}`);
  return [...variables, ...command.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
