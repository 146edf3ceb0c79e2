import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { MetamemError, SetupError, systemClock } from "@metamem/core";
import { isHealthy } from "./health.ts";
import type { LaunchLine } from "./launch-line.ts";
import { logTail } from "./log-tail.ts";

export interface ServerProcessOptions {
  /** For messages: `replica 1`. */
  readonly name: string;
  readonly line: LaunchLine;
  /** The server's own address, without a path. */
  readonly root: string;
  /** Output of the process is appended to this file. */
  readonly log: string;
  /** Milliseconds until the server has to answer `/health` after a start. */
  readonly healthMs: number;
  /** Starts after the first, within `restartWindowMs`, before it is given up. */
  readonly maxRestarts: number;
  readonly onEvent?: (event: ServerEvent) => void;
  /** The line of a start after the first, by default the same: with what was published since. */
  readonly lineAgain?: () => LaunchLine;
}

export type ServerEvent =
  | { readonly kind: "starting" | "ready" | "stopped"; readonly name: string; readonly pid: number }
  /** It ended by itself or stopped answering; it is started again after `waitMs`. */
  | { readonly kind: "lost"; readonly name: string; readonly reason: string; readonly waitMs: number }
  | { readonly kind: "failed"; readonly name: string; readonly reason: string };

const restartWindowMs = 600_000;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;
const startPollMs = 500;
const watchPollMs = 3000;
/** Health checks in a row that go wrong before a silent server is started again: busy machines are slow to answer. */
const patience = 10;
/** After the polite signal. */
const graceMs = 20_000;

/**
 * A model server as a child process in a process group of its own: started, waited for, watched, started again when it is lost, and
 * stopped with everything it started.
 */
export class ServerProcess {
  readonly #options: ServerProcessOptions;
  readonly #stopping = new AbortController();
  #line: LaunchLine;
  #child: Bun.Subprocess | null = null;
  #ready = false;
  #restarts: number[] = [];
  #watching: Promise<void> = Promise.resolve();

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.#line = options.line;
  }

  get name(): string {
    return this.#options.name;
  }

  get root(): string {
    return this.#options.root;
  }

  get line(): LaunchLine {
    return this.#line;
  }

  get log(): string {
    return this.#options.log;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Starts the server, resolves when it answers, and watches it from then on.
   * @throws SetupError with the end of its log when it does not come up; the signal's reason when that aborts.
   */
  async start(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#stopping.signal]);
    try {
      await this.#bringUp(either);
    } catch (error) {
      await this.#end();
      throw error;
    }
    this.#watching = this.#watch();
  }

  /** Ends the server and everything it started. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { pid } = this;
    this.#stopping.abort(new MetamemError("interrupt", "interrupt.stopped", `${this.name} was stopped`));
    await this.#end();
    await this.#watching;
    if (pid !== null) this.#tell({ kind: "stopped", name: this.name, pid });
  }

  /** Resolves when the server is given up for good, with why; never for one that was stopped. */
  failed(): Promise<SetupError> {
    return this.#failure.promise;
  }
  readonly #failure = Promise.withResolvers<SetupError>();

  async #bringUp(signal: AbortSignal): Promise<void> {
    const { log, root, healthMs } = this.#options;
    mkdirSync(dirname(log), { recursive: true });
    const file = openSync(log, "a");
    try {
      this.#child = Bun.spawn([...this.#line.command], {
        env: { ...process.env, ...this.#line.env },
        stdin: "ignore",
        stdout: file,
        stderr: file,
        // A process group of its own: Ctrl-C reaches us alone, and we end all it started.
        detached: true,
      });
    } catch (cause) {
      throw this.#problem(`cannot be started (${cause instanceof Error ? cause.message : String(cause)})`);
    } finally {
      closeSync(file);
    }
    const child = this.#child;
    this.#tell({ kind: "starting", name: this.name, pid: child.pid });
    const end = performance.now() + healthMs;
    while (!(await isHealthy(root, signal))) {
      signal.throwIfAborted();
      if (hasEnded(child)) throw this.#problem(`ended with ${exitOf(child)} before it answered`);
      if (performance.now() > end) throw this.#problem(`did not answer within ${Math.round(healthMs / 1000)} s`);
      await Promise.race([child.exited, Bun.sleep(startPollMs)]);
    }
    this.#ready = true;
    this.#tell({ kind: "ready", name: this.name, pid: child.pid });
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const reason = await this.#untilLost(signal);
      this.#ready = false;
      if (signal.aborted) return;
      await this.#end();
      try {
        await this.#startAgain(reason, signal);
      } catch (error) {
        if (signal.aborted) return;
        const failure = error instanceof SetupError ? error : this.#problem(String(error));
        this.#tell({ kind: "failed", name: this.name, reason: failure.message });
        this.#failure.resolve(failure);
        return;
      }
    }
  }

  /** @returns why the server counts as lost. */
  async #untilLost(signal: AbortSignal): Promise<string> {
    const child = this.#child;
    let silent = 0;
    while (child !== null && !signal.aborted) {
      await Promise.race([child.exited, pause(watchPollMs, signal)]);
      if (hasEnded(child)) return `it ended with ${exitOf(child)}`;
      silent = (await isHealthy(this.root, signal)) ? 0 : silent + 1;
      if (silent >= patience) return `it did not answer ${patience} times in a row`;
    }
    return "it was stopped";
  }

  async #startAgain(reason: string, signal: AbortSignal): Promise<void> {
    let why = reason;
    while (true) {
      const now = performance.now();
      this.#restarts = this.#restarts.filter((at) => now - at < restartWindowMs);
      if (this.#restarts.length >= this.#options.maxRestarts) {
        throw this.#problem(
          `was lost ${this.#restarts.length + 1} times in ${restartWindowMs / 60_000} minutes: ${why}`,
        );
      }
      const waitMs = Math.min(firstWaitMs * 2 ** this.#restarts.length, longestWaitMs);
      this.#restarts.push(now);
      this.#tell({ kind: "lost", name: this.name, reason: why, waitMs });
      await systemClock.sleep(waitMs, signal);
      try {
        this.#line = this.#options.lineAgain?.() ?? this.#line;
        return await this.#bringUp(signal);
      } catch (error) {
        await this.#end();
        signal.throwIfAborted();
        why = error instanceof Error ? error.message : String(error);
      }
    }
  }

  /** Ends the whole process group: politely, then not. Nothing of it is left when this resolves. */
  async #end(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#ready = false;
    if (!hasEnded(child)) {
      signalGroup(child.pid, "SIGTERM");
      const ended = new AbortController();
      await Promise.race([child.exited, pause(graceMs, ended.signal)]);
      // A timer that is left would keep the program from ending.
      ended.abort();
    }
    // What the server started may have outlived it.
    signalGroup(child.pid, "SIGKILL");
    await child.exited;
    this.#child = null;
  }

  #problem(what: string): SetupError {
    const tail = logTail(this.log, this.#line.env.VLLM_API_KEY ?? null);
    const end = tail === "" ? "its log is empty" : `its log ends: ${tail}`;
    return new SetupError("server", `${this.name} ${what}; ${end} (${this.log})`, { data: { log: this.log } });
  }

  #tell(event: ServerEvent): void {
    this.#options.onEvent?.(event);
  }
}

function hasEnded(child: Bun.Subprocess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function exitOf(child: Bun.Subprocess): string {
  return child.signalCode === null ? `exit code ${child.exitCode ?? "unknown"}` : String(child.signalCode);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** Waits, or returns at once when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await systemClock.sleep(ms, signal).catch(() => {});
}
