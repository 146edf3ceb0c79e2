import type { Hash } from "@metamem/core";
import type { Redis } from "ioredis";
import type { RunGate } from "../rollout/call-gate.ts";
import type { RolloutEngine, RunListener } from "../rollout/engine.ts";
import { startOrder } from "../rollout/order.ts";
import type { PlannedEpisode } from "../rollout/plan.ts";
import { reasonOf } from "../rollout/remote-gate.ts";
import type { RunFolder } from "../rollout/run-folder.ts";
import { handToWorkers } from "./hand-over.ts";
import type { LeftTries } from "./left-tries.ts";
import { type News, newsSchema, parseJson, type SessionOrder } from "./messages.ts";
import { isCutShort } from "./redis.ts";
import type { RunJobs } from "./run-jobs.ts";
import { type RunState, type RunUse, usesBetween } from "./run-state.ts";

const tickMs = 500;
/** Ticks between looks whether every episode still has its job. */
const ticksPerCensus = 10;
/** Milliseconds that workers have to end their calls after an abort. */
const abandonMs = 5000;

export interface QueueConnection {
  readonly redis: Redis;
  /** Episodes being played, for views. */
  readonly load: { level: number };
}

export interface QueuedRun {
  readonly state: RunState;
  readonly run: RunFolder;
  readonly gate: RunGate;
  readonly jobs: RunJobs;
  readonly tries: LeftTries;
  readonly order: SessionOrder;
}

/**
 * Puts episodes into the queue and watches the run's folder for their results. The folder is the truth: Redis only distributes, and whatever it
 * forgets is put there again.
 */
export class QueueEngine implements RolloutEngine {
  readonly name = "queue";
  private readonly connection: QueueConnection;
  private readonly state: RunState;
  private readonly run_: RunFolder;
  private readonly gate: RunGate;
  private readonly jobs: RunJobs;
  private readonly tries: LeftTries;
  private readonly order: SessionOrder;
  /** No result yet. */
  private readonly unsettled = new Map<Hash, PlannedEpisode>();
  /** Came back without one. */
  private readonly open = new Set<Hash>();
  private readonly playing = new Set<Hash>();
  private missing = new Set<Hash>();
  private listener: RunListener = {};
  private use: RunUse | null = null;
  private aborted = false;
  private over = false;
  private withdrawn = false;
  private readonly abandoned = Promise.withResolvers<void>();
  private wake: () => void = () => {};

  constructor(connection: QueueConnection, { state, run, gate, jobs, tries, order }: QueuedRun) {
    this.connection = connection;
    this.state = state;
    this.jobs = jobs;
    this.tries = tries;
    this.run_ = run;
    this.gate = gate;
    this.order = order;
  }

  async run(episodes: readonly PlannedEpisode[], listener: RunListener): Promise<void> {
    this.listener = listener;
    this.tries.onCrash = (crash) => this.listener.crashed?.(crash);
    for (const episode of episodes) this.unsettled.set(episode.id, episode);
    handToWorkers(this.run_, episodes);
    const news = this.listen();
    try {
      const watching = this.watch(startOrder(episodes));
      await Promise.race([watching, this.abandoned.promise]);
      watching.catch(() => {});
      this.tries.tidy();
      if (this.unsettled.size === 0) this.run_.tidy();
    } finally {
      this.over = true;
      news.disconnect();
      this.gate.underWay = 0;
    }
  }

  abort(_reason: unknown): void {
    this.aborted = true;
    this.wake();
    // Workers that are gone, and a Redis that is away, are not waited for.
    setTimeout(() => this.abandoned.resolve(), abandonMs).unref();
  }

  private async watch(episodes: readonly PlannedEpisode[]): Promise<void> {
    while (!(await this.completed(this.state.begin(this.order, this.gate.budget.used))));
    // Given up while Redis was away.
    if (this.over) return;
    // The census adds what this does not.
    await this.completed(this.jobs.add(episodes));
    for (let tick = 1; this.unsettled.size > this.open.size && !this.over && !this.withdrawn; tick++) {
      await this.pause();
      await this.completed(this.tick(tick));
    }
  }

  private async tick(tick: number): Promise<void> {
    await this.look();
    if (this.gate.stopped !== null) this.withdrawn = (await this.withdraw()) === 0;
    else if (tick % ticksPerCensus === 0) await this.census();
  }

  /** False when the work was cut short by a lost connection and is to be done again. */
  private async completed(work: Promise<void>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (isCutShort(error)) return false;
      throw error;
    }
  }

  /** Workers' news only make looking quicker and views livelier. */
  private listen(): Redis {
    const client = this.connection.redis.duplicate();
    client.on("error", () => {});
    client.on("message", (_channel, text) => {
      const { data } = newsSchema.safeParse(parseJson(text));
      if (data !== undefined) this.hear(data);
    });
    client.subscribe(this.state.newsChannel).catch(() => {});
    return client;
  }

  private hear(news: News): void {
    if (news.kind === "progress") {
      for (const progress of news.episodes) this.listener.progressed?.(progress);
      return;
    }
    const episode = this.unsettled.get(news.id);
    if (episode === undefined) return;
    if (news.kind === "ended") {
      this.playing.delete(news.id);
      this.wake();
    } else {
      this.tries.follow(news.id);
      this.playing.add(news.id);
      this.listener.started?.(episode);
    }
    this.gate.underWay = this.playing.size;
    this.gate.peak = Math.max(this.gate.peak, this.playing.size);
    this.connection.load.level = Math.max(this.connection.load.level, this.playing.size);
  }

  private async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, tickMs);
      this.wake = () => {
        clearTimeout(timer);
        // Many episodes may end at once, and a look reads the whole folder.
        setTimeout(resolve, tickMs / 10);
      };
    });
    this.wake = () => {};
  }

  /** Takes in what calls used, results, and episodes that came back open. */
  private async look(): Promise<void> {
    const stop = this.gate.stopped;
    await this.state.renew(this.order, stop === null ? null : reasonOf(stop), this.aborted);
    await this.count();
    const settled = this.run_.settledIds();
    for (const [id, episode] of [...this.unsettled]) {
      const row = settled.has(id) ? this.run_.result(id) : null;
      if (row === null) continue;
      this.leaves(id);
      this.open.delete(id);
      this.unsettled.delete(id);
      this.tries.clear(id);
      this.listener.ended?.(episode, { kind: "settled", row });
    }
    for (const [id, outcome] of await this.state.open()) {
      const episode = this.unsettled.get(id);
      if (episode === undefined || this.open.has(id)) continue;
      this.leaves(id);
      this.open.add(id);
      this.listener.ended?.(episode, outcome);
    }
  }

  private leaves(id: Hash): void {
    this.playing.delete(id);
    this.gate.underWay = this.playing.size;
  }

  private async count(): Promise<void> {
    const { use } = await this.state.orders();
    const before = this.use ?? {
      memory: { ...this.gate.budget.used.memory, told: 0 },
      gameplay: { ...this.gate.budget.used.gameplay, told: 0 },
    };
    const lost = usesBetween(use, before);
    // A Redis that lost its last second counts on from where it was.
    for (const call of lost) await this.state.addCall(call);
    if (lost.length > 0) return;
    for (const call of usesBetween(before, use)) {
      this.gate.budget.add(call);
      this.gate.onCall(call);
    }
    this.use = use;
    this.gate.failures = await this.state.failures();
  }

  /** Adds what lost its job: twice seen without one, so that a job that was just ending is not taken for lost. */
  private async census(): Promise<void> {
    const without = await this.jobs.missing(this.expected);
    await this.look();
    const lost = [...without].filter((id) => this.missing.has(id) && this.unsettled.has(id) && !this.open.has(id));
    this.missing = without;
    await this.jobs.add(lost.flatMap((id) => this.unsettled.get(id) ?? []));
  }

  /** Takes back what nobody plays yet. Returns how many episodes are still with workers. */
  private async withdraw(): Promise<number> {
    const left = await this.jobs.withdraw(this.expected);
    if (left === 0) await this.look();
    return left;
  }

  /** What workers have yet to bring back. */
  private get expected(): readonly Hash[] {
    return [...this.unsettled.keys()].filter((id) => !this.open.has(id));
  }
}
