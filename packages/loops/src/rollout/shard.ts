import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attribute, type Hash } from "@metamem/core";
import type { Permit, RunGate } from "./call-gate.ts";
import { flightName, readFlight } from "./flight-record.ts";
import type { PlannedEpisode } from "./plan.ts";
import { reasonOf } from "./remote-gate.ts";
import type { FromShard, ShardSetup, ToShard } from "./shard-messages.ts";

const program = fileURLToPath(new URL("./shard-main.ts", import.meta.url));
/** Bun's own limit on requests under way is 256 unless this says otherwise at start (spec serving §7.1). */
const moreRequests = { BUN_CONFIG_MAX_HTTP_REQUESTS: "65535" };
/** Deaths by these signals, or by an exit code, are the process's own; others come from outside. */
const ownSignals = new Set(["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS"]);

/** Seconds a child may be silent outside of any environment. */
const busySeconds = 900;

/** How a child process ended. */
export interface Death {
  readonly cause: string;
  /** It died of what it was doing: by itself, or because it did nothing else for too long. */
  readonly own: boolean;
  /** It had told something of its play before. */
  readonly fruitful: boolean;
}

export interface ShardEvents {
  message(message: Extract<FromShard, { kind: "progress" | "ended" }>): void;
  died(death: Death): void;
}

/** One supervised child process and the episodes it was given. */
export class Shard {
  readonly index: number;
  readonly assigned = new Map<Hash, PlannedEpisode>();
  private readonly runFolder: string;
  private readonly child: Bun.Subprocess;
  private readonly gate: RunGate;
  private readonly events: ShardEvents;
  private readonly calls = new Map<number, { readonly wish: AbortController; permit: Permit | null }>();
  private silentSeconds = 0;
  private fruitful = false;
  private leaving = false;
  private hanging: string | null = null;

  constructor(setup: ShardSetup, gate: RunGate, events: ShardEvents) {
    this.index = setup.shard;
    this.runFolder = setup.runFolder;
    this.gate = gate;
    this.events = events;
    mkdirSync(join(setup.runFolder, "shards"), { recursive: true });
    const log = openSync(join(setup.runFolder, "shards", `${setup.shard}.log`), "a");
    this.child = Bun.spawn([process.execPath, program], {
      env: { ...process.env, ...moreRequests },
      stdio: ["ignore", log, log],
      serialization: "json",
      ipc: (message: FromShard) => this.receive(message),
      onExit: (_child, exitCode, signal) => this.exited(exitCode, signal),
    });
    closeSync(log);
    this.send(setup);
  }

  play(episode: PlannedEpisode): void {
    this.assigned.set(episode.id, episode);
    const { id, env, choice, repetition } = episode;
    this.send({ kind: "play", id, env, choice, repetition });
  }

  abort(reason: unknown): void {
    this.send({ kind: "abort", reason: reasonOf(attribute(reason, "interrupt")) });
  }

  /** Lets the child go; resolves when it is gone. */
  async leave(): Promise<void> {
    this.leaving = true;
    this.send({ kind: "leave" });
    await this.child.exited;
  }

  /** Ends the child at once, without anybody being told. */
  async kill(): Promise<void> {
    this.leaving = true;
    this.child.kill("SIGKILL");
    await this.child.exited;
  }

  /**
   * Called once a second. A child that says nothing for `limit` of them while it is inside a step hangs there, and is ended. Elsewhere it
   * may be busy for long (reading a large trace back), but not for ever.
   */
  tick(limit: number): void {
    this.silentSeconds += 1;
    if (this.silentSeconds <= limit || this.hanging !== null) return;
    const inStep = readFlight(this.runFolder, flightName(this.index)) !== null;
    if (!inStep && this.silentSeconds <= busySeconds) return;
    this.hanging = `no sign of life for ${this.silentSeconds} s`;
    this.child.kill("SIGKILL");
  }

  private send(message: ToShard): void {
    // One that just died is about to be noticed.
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.send(message);
  }

  private receive(message: FromShard): void {
    this.silentSeconds = 0;
    if (message.kind === "acquire") void this.acquire(message.call);
    else if (message.kind === "release") this.release(message);
    else if (message.kind === "failed") this.gate.failed(message.failure);
    else if (message.kind !== "alive") {
      this.fruitful = true;
      if (message.kind === "ended") this.assigned.delete(message.id);
      this.events.message(message);
    }
  }

  private async acquire(call: number): Promise<void> {
    const entry = { wish: new AbortController(), permit: null as Permit | null };
    this.calls.set(call, entry);
    try {
      entry.permit = await this.gate.acquire(entry.wish.signal);
      this.send({ kind: "granted", call });
    } catch (error) {
      this.calls.delete(call);
      if (!entry.wish.signal.aborted) {
        this.send({ kind: "refused", call, reason: reasonOf(attribute(error, "interrupt")) });
      }
    }
  }

  private release({ call, use }: Extract<FromShard, { kind: "release" }>): void {
    const entry = this.calls.get(call);
    this.calls.delete(call);
    if (entry?.permit) entry.permit.release(use);
    else entry?.wish.abort();
  }

  private exited(exitCode: number | null, signal: NodeJS.Signals | number | null): void {
    for (const call of [...this.calls.keys()]) this.release({ kind: "release", call, use: null });
    if (this.leaving) return;
    const own = this.hanging !== null || signal === null || ownSignals.has(String(signal));
    const cause = this.hanging ?? (signal === null ? `exit code ${exitCode}` : String(signal));
    this.events.died({ cause, own, fruitful: this.fruitful });
  }
}
