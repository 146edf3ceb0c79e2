import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "@metamem/core";
import {
  type AdapterFolders,
  adaptersIn,
  checkAdapter,
  ensureSidecar,
  freePort,
  type LaunchLine,
  makeTinyModel,
  type Sidecar,
  type SidecarProgress,
  tgiLine,
  vllmLine,
  vllmModule,
} from "@metamem/loops";

/** The options of `metamem serve`, as commander hands them over. */
export interface ServeOptions {
  readonly model?: string;
  readonly tiny?: boolean;
  readonly name?: string;
  readonly adapter?: Readonly<Record<string, string>>;
  readonly adapterRoot?: string;
  readonly replicas?: number;
  readonly gpus?: string;
  readonly host?: string;
  readonly port?: number;
  readonly context?: number;
  readonly maxRank?: number;
  readonly maxAdapters?: number;
  readonly sidecar?: boolean;
  readonly healthTimeout?: number;
  readonly maxRestarts?: number;
  readonly logs?: string;
  readonly metrics?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** One server to start. */
export interface PlannedServer {
  readonly root: string;
  readonly port: number;
  readonly line: LaunchLine;
  /** The same with the adapters that are there by then. */
  readonly lineAgain: () => LaunchLine;
}

/** The base model's name in requests. */
export function servedName(kind: "vllm" | "tgi", options: ServeOptions): string {
  return kind === "tgi" ? "tgi" : (options.name ?? "base");
}

export const defaultHost = "127.0.0.1";
const firstPort = 8000;
const lastPort = 65_535;

/**
 * The servers that the options ask for. Makes the sidecar environment and the test model when they are needed and missing.
 * @throws UsageError, SetupError
 */
export async function planServers(
  kind: "vllm" | "tgi",
  options: ServeOptions,
  more: readonly string[],
  say: { readonly progress: SidecarProgress; readonly leftOut: (error: UsageError) => void },
  signal: AbortSignal,
): Promise<readonly PlannedServer[]> {
  if ((options.model === undefined) === (options.tiny !== true)) {
    throw new UsageError("option", "name the model by --model <folder or name>, or take the test model by --tiny");
  }
  const replicas = options.replicas ?? 1;
  if (options.port !== 0 && (options.port ?? firstPort) + replicas - 1 > lastPort) {
    throw new UsageError(
      "option",
      `--port ${options.port} leaves no ports for ${replicas} replicas: the last is ${lastPort}`,
    );
  }
  const gpus = sharesOf(options.gpus, replicas);
  const adapters = adaptersOf(kind, options, raise);
  const sidecar = await sidecarFor(kind, options, say.progress, signal);
  const model = options.model ?? (await tinyModel(sidecar, say.progress, signal));
  const host = options.host ?? defaultHost;
  return Array.from({ length: replicas }, (_, n) => {
    const port = options.port === 0 ? freePort() : (options.port ?? firstPort) + n;
    const common = {
      ...{ model, host, port, more, variables: process.env },
      gpus: gpus[n] ?? null,
      contextTokens: options.context ?? null,
    };
    const lineWith = (served: AdapterFolders): LaunchLine =>
      kind === "tgi"
        ? tgiLine({ ...common, adapters: served })
        : vllmLine({
            ...{ ...common, adapters: served },
            program: sidecar === null ? ["vllm"] : vllmModule(sidecar.python),
            servedName: servedName(kind, options),
            onCpu: sidecar !== null,
            maxRank: maxRankOf(kind, options),
            maxAdapters: options.maxAdapters ?? 8,
          });
    const root = `http://${reachable(host)}:${port}`;
    const lineAgain = () => lineWith(adaptersOf(kind, options, say.leftOut));
    return { root, port, line: lineWith(adapters), lineAgain };
  });
}

/** Those named, and those that lie in the folder now. What is wrong with a named one shows before anything is started. */
function adaptersOf(kind: "vllm" | "tgi", options: ServeOptions, refused: (error: UsageError) => void): AdapterFolders {
  const { adapter = {}, adapterRoot, dryRun } = options;
  const maxRank = maxRankOf(kind, options);
  if (dryRun !== true) for (const folder of Object.values(adapter)) checkAdapter(folder, maxRank);
  const found = adapterRoot === undefined ? {} : adaptersIn(resolve(adapterRoot), maxRank, refused);
  return { ...found, ...adapter };
}

/** TGI has no bound of its own. */
function maxRankOf(kind: "vllm" | "tgi", { maxRank }: ServeOptions): number {
  return kind === "tgi" ? Number.POSITIVE_INFINITY : (maxRank ?? 16);
}

function raise(error: UsageError): never {
  throw error;
}

/** Our own environment where it is asked for or needed; null where the server's program is on PATH, or has to be. */
async function sidecarFor(
  kind: "vllm" | "tgi",
  { sidecar, tiny, gpus }: ServeOptions,
  progress: SidecarProgress,
  signal: AbortSignal,
): Promise<Sidecar | null> {
  // Ours is for CPUs: where GPUs are named, a start without vllm on PATH fails and says so.
  const missing = kind === "vllm" && gpus === undefined && Bun.which("vllm") === null;
  const needed = tiny === true || (kind === "vllm" && sidecar === true) || missing;
  return needed ? await ensureSidecar(progress, signal) : null;
}

async function tinyModel(sidecar: Sidecar | null, progress: SidecarProgress, signal: AbortSignal): Promise<string> {
  if (sidecar === null) throw new UsageError("option", "--tiny needs the sidecar environment");
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  progress("making the test model", 0.99);
  return (await makeTinyModel(sidecar, join(cache, "metamem", "tiny-model"), undefined, signal)).model;
}

/** `0,1,2,3` for two replicas: [0, 1] and [2, 3]. */
function sharesOf(text: string | undefined, replicas: number): readonly (readonly number[])[] {
  if (text === undefined) return [];
  const numbers = text.split(",").map(Number);
  const whole = numbers.every((number) => Number.isInteger(number) && number >= 0) && /^[\d,]+$/.test(text);
  if (!whole || new Set(numbers).size < numbers.length || numbers.length % replicas !== 0) {
    throw new UsageError(
      "option",
      `--gpus ${text} cannot be shared out among ${replicas} replicas: name distinct numbers, as many for each`,
    );
  }
  const each = numbers.length / replicas;
  return Array.from({ length: replicas }, (_, n) => numbers.slice(n * each, (n + 1) * each));
}

function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
