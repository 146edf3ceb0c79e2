import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, probeServer, type ServerDescription, UsageError } from "@metamem/core";
import {
  MetricsWatch,
  type ServerEvent,
  type ServerMetrics,
  ServerPool,
  type SidecarProgress,
  scrape,
  shownLine,
} from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { onInterrupt } from "../interrupt.ts";
import { printableLine } from "../render/printable.ts";
import { defaultHost, type PlannedServer, planServers, type ServeOptions, servedName } from "./serve-lines.ts";
import { insistOnFreePorts } from "./serve-ports.ts";

const metricsEveryMs = 10_000;

/** Starts and watches servers until it is interrupted, or describes running ones. */
export async function serveCommand(kind: string, rest: readonly string[], options: ServeOptions): Promise<number> {
  if (kind === "attach") return await attach(rest, options);
  if (kind !== "vllm" && kind !== "tgi") {
    throw new UsageError("option", `serve starts vllm or tgi, or attaches to running servers; '${kind}' is neither`);
  }
  using interruption = onInterrupt();
  const { signal } = interruption;
  const servers = await planServers(kind, options, rest, { progress: sidecarNotes(), leftOut: noteLeftOut }, signal);
  for (const { line } of servers) note(`$ ${shownLine(line)}`);
  if (options.dryRun === true) return exitCodes.ok;
  insistOnFreePorts(
    options.host ?? defaultHost,
    servers.map(({ port }) => port),
  );
  const pool = poolOf(servers, options);
  try {
    await pool.start(signal);
    announce(kind, pool, options);
    const watch = new AbortController();
    const watching = options.metrics === undefined ? null : writeMetrics(pool, options.metrics, watch.signal);
    try {
      await untilOver(pool, signal);
    } finally {
      watch.abort();
      await watching;
    }
    return exitCodes.interrupted;
  } finally {
    await pool.stop();
  }
}

function poolOf(servers: readonly PlannedServer[], options: ServeOptions): ServerPool {
  return new ServerPool(
    servers.map(({ root, port, line, lineAgain }, n) => ({
      name: `replica ${n + 1}`,
      line,
      lineAgain,
      root,
      log: join(options.logs ?? join("runs", "servers"), `${port}.log`),
      healthMs: 1000 * (options.healthTimeout ?? 900),
      maxRestarts: options.maxRestarts ?? 5,
      onEvent: noteEvent,
    })),
  );
}

/** Resolves when interrupted, rejects when a server is given up. */
async function untilOver(pool: ServerPool, signal: AbortSignal): Promise<void> {
  const interrupted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const failure = await Promise.race([interrupted, pool.failed()]);
  if (failure !== null) throw failure;
  note("stopping the servers");
}

function announce(kind: "vllm" | "tgi", pool: ServerPool, options: ServeOptions): void {
  const spec = pool.spec(kind, servedName(kind, options));
  if (options.json === true) {
    const servers = pool.servers.map(({ name, root, pid, log, line }) => {
      return { name, url: `${root}/v1`, pid, log, command: shownLine(line) };
    });
    printJson({ schema: "metamem.serve/1", kind, model: spec, servers });
  } else printLines([`ready; play with: --model ${spec}`]);
  note("Ctrl-C stops the servers");
}

/** One adapter that cannot be served must not keep a server from coming back with the others. */
function noteLeftOut({ message }: UsageError): void {
  note(`left out: ${printableLine(message)}`);
}

function noteEvent(event: ServerEvent): void {
  if (event.kind === "lost") {
    note(`${event.name}: ${printableLine(event.reason)}; starting it again in ${Math.round(event.waitMs / 1000)} s`);
  } else if (event.kind === "failed") note(`${event.name}: given up`);
  else note(`${event.name}: ${event.kind} (process ${event.pid})`);
}

/** One line for each phase on the way, not one for each package. */
function sidecarNotes(): SidecarProgress {
  let shown = -1;
  return (phase, done) => {
    const tenth = Math.floor(10 * done);
    if (tenth === shown) return;
    shown = tenth;
    note(`metamem: setting up the Python sidecar: ${Math.round(100 * done)} % (${phase})`);
  };
}

async function writeMetrics(pool: ServerPool, file: string, signal: AbortSignal): Promise<void> {
  const watch = new MetricsWatch(pool.roots, (metrics, pressure) =>
    appendFileSync(file, `${JSON.stringify({ ...metrics, pressure })}\n`),
  );
  await watch.run(metricsEveryMs, signal);
}

interface Attached extends Omit<ServerDescription, "capabilities"> {
  readonly lora: string;
  readonly metrics: ServerMetrics | null;
}

async function attach(urls: readonly string[], options: ServeOptions): Promise<number> {
  if (urls.length === 0) throw new UsageError("option", "serve attach takes the addresses of running servers");
  using interruption = onInterrupt();
  const found = await Promise.all(urls.map((url) => describe(url.replace(/\/+$/, ""), interruption.signal)));
  if (options.json === true) printJson({ schema: "metamem.serve-attach/1", servers: found });
  else printLines(found.flatMap(attachedLines));
  return exitCodes.ok;
}

async function describe(url: string, signal: AbortSignal): Promise<Attached> {
  if (!/^https?:\/\//.test(url)) throw new UsageError("option", `'${url}' is no address; it begins with http://`);
  const { capabilities, ...description } = await probeServer(url, signal);
  const metrics = capabilities.metrics === null ? null : await scrape(url.replace(/\/v1$/, ""), signal);
  return { ...description, lora: capabilities.lora, metrics };
}

function attachedLines({ url, backend, version, models, lora, metrics }: Attached): string[] {
  const preset = backend === "vllm" || backend === "tgi" ? backend : "compatible";
  const what = backend === null ? "unknown kind of server" : `${backend} ${version ?? ""}`.trim();
  const queue = metrics === null ? "" : `, ${metrics.running ?? "?"} running, ${metrics.waiting ?? "?"} waiting`;
  return [
    printableLine(`${url}: ${what}, adapters: ${lora}${queue}`),
    ...models.map(({ id, contextTokens }) => {
      return `  ${printableLine(`--model ${preset}:${id}@${url} (context ${contextTokens ?? "not told"})`)}`;
    }),
  ];
}
