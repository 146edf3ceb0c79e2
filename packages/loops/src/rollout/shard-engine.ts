import { EnvironmentError, type Hash, SetupError } from "@metamem/core";
import type { RunGate } from "./call-gate.ts";
import { type CrashLog, crashOf, fatalCrashes } from "./crash-log.ts";
import type { Crash, RolloutEngine, RunListener } from "./engine.ts";
import { flightName } from "./flight-record.ts";
import { startOrder } from "./order.ts";
import type { PlannedEpisode } from "./plan.ts";
import { setAsideRow } from "./play-planned.ts";
import type { RunFolder } from "./run-folder.ts";
import { type Death, Shard } from "./shard.ts";

import type { FromShard, ShardSetup } from "./shard-messages.ts";

/** Deaths in a row after which children are not started again: nothing was played in between, so nothing will be. */
const fruitlessDeaths = 4;
const restartDelay = 250;

/**
 * Plays in child processes, each owning its environments. A child that dies is replaced and its episodes go on from their last recorded call; an
 * episode that killed its process three times is set aside. Calls pass the parent's gate.
 */
export class ShardEngine implements RolloutEngine {
  readonly name = "shards";
  private readonly setup: Omit<ShardSetup, "shard">;
  private readonly folder: RunFolder;
  private readonly gate: RunGate;
  private readonly log: CrashLog;
  private readonly shards: (Shard | null)[];
  private readonly episodes = new Map<Hash, PlannedEpisode>();
  private queue: PlannedEpisode[] = [];
  private listener: RunListener = {};
  private aborted: unknown = null;
  private fruitless = 0;
  private readonly done = Promise.withResolvers<void>();

  constructor(count: number, setup: Omit<ShardSetup, "shard">, run: RunFolder, gate: RunGate, log: CrashLog) {
    this.setup = setup;
    this.folder = run;
    this.gate = gate;
    this.log = log;
    this.shards = Array.from({ length: count }, () => null);
  }

  async run(episodes: readonly PlannedEpisode[], listener: RunListener): Promise<void> {
    this.listener = listener;
    for (const episode of episodes) this.episodes.set(episode.id, episode);
    this.queue = startOrder(episodes).filter((episode) => !this.setAside(episode));
    this.shards.length = Math.min(this.shards.length, this.queue.length);
    const watchdog = setInterval(() => {
      for (const shard of this.shards) shard?.tick(this.setup.limits.stepSeconds);
    }, 1000);
    try {
      for (const index of this.shards.keys()) this.start(index);
      this.gate.onLevel = () => this.pump();
      this.pump();
      await this.done.promise;
      await Promise.all(this.shards.map((shard) => shard?.leave()));
    } finally {
      clearInterval(watchdog);
      await Promise.all(this.shards.map((shard) => shard?.kill()));
    }
  }

  abort(reason: unknown): void {
    this.aborted = reason;
    for (const shard of this.shards) shard?.abort(reason);
    this.pump();
  }

  private start(index: number): void {
    this.shards[index] = new Shard({ ...this.setup, shard: index }, this.gate, {
      message: (message) => this.receive(message),
      died: (death) => this.died(index, death),
    });
  }

  private get stopped(): boolean {
    return this.aborted !== null || this.gate.stopped !== null;
  }

  /** Gives every child its share of the episodes that may be open. */
  private pump(): void {
    const share = Math.ceil(this.gate.level / Math.max(1, this.shards.length));
    let open = 0;
    for (const shard of this.shards) open += shard?.assigned.size ?? 0;
    for (let given = true; given && !this.stopped; ) {
      given = false;
      for (const shard of this.shards) {
        if (shard === null || shard.assigned.size >= share || open >= this.gate.level) continue;
        const episode = this.queue.shift();
        if (episode === undefined) break;
        given = true;
        open += 1;
        this.listener.started?.(episode);
        shard.play(episode);
      }
    }
    const restarting = this.shards.includes(null) && this.queue.length > 0 && !this.stopped;
    if (open === 0 && !restarting && (this.queue.length === 0 || this.stopped)) this.done.resolve();
  }

  private receive(message: Extract<FromShard, { kind: "progress" | "ended" }>): void {
    this.fruitless = 0;
    if (message.kind === "progress") {
      for (const progress of message.episodes) this.listener.progressed?.(progress);
      return;
    }
    const episode = this.episodes.get(message.id);
    if (episode !== undefined) this.listener.ended?.(episode, message.outcome);
    this.pump();
  }

  private died(index: number, { cause, own, fruitful }: Death): void {
    const shard = this.shards[index];
    this.shards[index] = null;
    const crash = crashOf(this.setup.runFolder, flightName(index), index, cause, this.episodes);
    this.note(crash, own);
    this.queue.unshift(...[...(shard?.assigned.values() ?? [])].filter((episode) => !this.setAside(episode)));
    this.fruitless = fruitful || crash.episode !== null ? 0 : this.fruitless + 1;
    if (this.fruitless >= fruitlessDeaths) {
      const where = `${this.setup.runFolder}/shards/${index}.log`;
      this.done.reject(
        new SetupError("shard", `child processes keep dying (${cause}) before they play; look into ${where}`),
      );
      return;
    }
    setTimeout(() => {
      if (!this.stopped && this.queue.length > 0) this.start(index);
      this.pump();
    }, restartDelay);
  }

  private note(crash: Crash, own: boolean): void {
    this.log.add(crash, own);
    this.listener.crashed?.(crash);
  }

  /** Whether the episode killed its process too often; then it gets its result here. */
  private setAside(episode: PlannedEpisode): boolean {
    const crashes = this.log.crashesOf(episode.id);
    if (crashes < fatalCrashes) return false;
    const error = new EnvironmentError("crash", `the episode killed its process ${crashes} times; see crashes.jsonl`);
    this.folder.commit(setAsideRow(episode, error));
    const row = this.folder.result(episode.id);
    if (row !== null) this.listener.ended?.(episode, { kind: "settled", row });
    return true;
  }
}
