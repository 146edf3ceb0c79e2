import { hostname } from "node:os";
import { attribute, MetamemError, systemClock } from "@metamem/core";
import type { Job, Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { PlayOutcome } from "../rollout/run-result.ts";
import { type EpisodeJob, jobSchema, queueName, queuePrefix } from "./messages.ts";
import { connectRedis, type QueueAddress } from "./redis.ts";
import { repeat } from "./repeat.ts";
import { Watchdog } from "./watchdog.ts";
import { within } from "./within.ts";
import { isGone, WorkedRun, type WorkerPlaces } from "./worked-run.ts";

export interface QueueWorkerOptions extends WorkerPlaces {
  readonly address: QueueAddress;
  /** Episodes played at a time; each has one call under way. */
  readonly concurrency: number;
  /** Seconds without a sign of life after which this worker's episodes go to others. */
  readonly lockSeconds: number;
  /** End when nothing is left in the queue. */
  readonly drain: boolean;
  /** Firing it hands back what is being played and ends the worker. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
}

export type WorkerEvent =
  | { readonly event: "ready"; readonly queue: string; readonly worker: string; readonly concurrency: number }
  | { readonly event: "started"; readonly id: string; readonly task: string | null; readonly seed: number }
  | { readonly event: "ended"; readonly id: string; readonly status: string; readonly reason: string | null }
  | { readonly event: "handed_back"; readonly id: string; readonly reason: string }
  | { readonly event: "trouble"; readonly reason: string }
  | { readonly event: "recovered" }
  | { readonly event: "left"; readonly settled: number; readonly open: number; readonly handedBack: number };

/** Seconds that calls under way have when the worker leaves. */
const graceSeconds = 5;
/** Seconds after which it leaves whatever is not closed by then. */
const leavingSeconds = 15;
/** Milliseconds after which a job that this version does not know is offered again. */
const putOffMs = 30_000;
const closingMs = 2000;
const exchangeMs = 1000;
const drainMs = 500;
/** A lost machine is no fault of an episode, however often it happens; what kills workers is found by its step (attempts.ts). */
const anyNumberOfStalls = 1_000_000_000;
/** Seconds of one step, until the runs have said how many they allow. */
const longestStep = 60;
const leftCode = "interrupt.worker_left";

/** Plays episodes from the queue until told to leave, or until it is empty. @throws MetamemError what made this worker unable to play. */
export async function runQueueWorker(options: QueueWorkerOptions): Promise<void> {
  const redis = await connectRedis(options.address, (reason) =>
    options.onEvent(reason === null ? { event: "recovered" } : { event: "trouble", reason }),
  );
  try {
    await new QueueWorker(options, redis).run();
  } finally {
    redis.disconnect();
  }
}

class QueueWorker {
  private readonly options: QueueWorkerOptions;
  private readonly redis: Redis;
  private readonly runs = new Map<string, WorkedRun>();
  private readonly counts = { settled: 0, open: 0, handedBack: 0 };
  private readonly left = Promise.withResolvers<void>();
  private watchdog: Watchdog | null = null;
  private fault: MetamemError | null = null;
  private leaving = false;
  private active = 0;

  constructor(options: QueueWorkerOptions, redis: Redis) {
    this.options = options;
    this.redis = redis;
  }

  async run(): Promise<void> {
    const { signal, address, concurrency, onEvent, drain } = this.options;
    const { Queue, Worker } = await import("bullmq");
    const queue = new Queue(queueName, { connection: this.redis, prefix: queuePrefix });
    queue.on("error", () => {});
    const worker = new Worker(
      queueName,
      (job, token, lost) => this.process(job, token ?? "", lost),
      this.bullOptions(),
    );
    // A connection that is lost is told by connectRedis; a lock that is lost, by the next event.
    worker.on("error", () => {});
    worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) worker.cancelJob(id, "lock lost");
    });
    using clocks = new DisposableStack();
    this.watchdog = clocks.use(new Watchdog(longestStep));
    clocks.use(repeat(exchangeMs, () => this.exchange()));
    if (drain) clocks.use(repeat(drainMs, () => this.leaveIfEmpty(queue)));
    const leave = (): void => this.leave(leaving());
    signal.addEventListener("abort", leave, { once: true });
    clocks.defer(() => signal.removeEventListener("abort", leave));
    onEvent({ event: "ready", queue: address.label, worker: `${hostname()}-${process.pid}`, concurrency });
    if (signal.aborted) leave();
    await this.left.promise;
    await this.close(worker, queue);
    onEvent({ event: "left", ...this.counts });
    if (this.fault !== null) throw this.fault;
  }

  private bullOptions() {
    const { concurrency, lockSeconds } = this.options;
    const lockDuration = 1000 * lockSeconds;
    return {
      connection: this.redis,
      prefix: queuePrefix,
      concurrency,
      lockDuration,
      stalledInterval: lockDuration / 2,
      maxStalledCount: anyNumberOfStalls,
      // What came of an episode is in the run's folder; a job that is gone can be added again by a resume.
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
  }

  /** BullMQ calls this for each job; `lost` fires when its lock could not be renewed. */
  private async process(job: Job, token: string, lost: AbortSignal = new AbortController().signal): Promise<null> {
    this.active += 1;
    try {
      const { data } = jobSchema.safeParse(job.data);
      // Of another version's producer: a worker of that version takes it.
      if (data === undefined) return await this.putOff(job, token);
      if (this.leaving) return await this.handBack(job, token, "the worker leaves");
      return await this.playJob(data, job, token, lost);
    } finally {
      this.active -= 1;
    }
  }

  private async playJob(data: EpisodeJob, job: Job, token: string, lost: AbortSignal): Promise<null> {
    const { id, choice } = data;
    this.options.onEvent({ event: "started", id, task: choice.task ?? null, seed: choice.seed });
    let run: WorkedRun;
    let outcome: PlayOutcome;
    try {
      run = this.open(data);
      outcome = await run.play(data, lost);
    } catch (thrown) {
      const error = attribute(thrown, "internal");
      if (!isGone(error)) return await this.giveUp(job, token, error);
      this.options.onEvent({ event: "ended", id, status: "dropped", reason: error.message });
      return null;
    }
    if (outcome.kind === "settled") {
      this.counts.settled += 1;
      const { status, error } = outcome.row;
      this.options.onEvent({ event: "ended", id, status, reason: error?.message ?? null });
      return null;
    }
    const { reason } = outcome;
    if (reason.code === leftCode) return await this.handBack(job, token, reason.message);
    if (isOfThisMachine(reason)) {
      return await this.giveUp(job, token, new MetamemError(reason.boundary as "setup", reason.code, reason.message));
    }
    if (!lost.aborted && reason.code !== "interrupt.overtaken") await run.state.setOpen(id, outcome);
    this.counts.open += 1;
    this.options.onEvent({ event: "ended", id, status: outcome.status, reason: reason.message });
    return null;
  }

  private open(job: EpisodeJob): WorkedRun {
    const known = this.runs.get(job.run);
    if (known !== undefined) return known;
    const run = new WorkedRun(job, this.redis, this.options);
    this.runs.set(job.run, run);
    this.adjustWatchdog();
    return run;
  }

  private adjustWatchdog(): void {
    const seconds = [...this.runs.values()].map(({ stepSeconds }) => stepSeconds);
    if (seconds.length > 0) this.watchdog?.limit(Math.max(...seconds));
  }

  /** This machine cannot play: others may. */
  private async giveUp(job: Job, token: string, fault: MetamemError): Promise<null> {
    this.fault ??= fault;
    this.leave(leaving());
    return await this.handBack(job, token, fault.message);
  }

  private async handBack(job: Job, token: string, reason: string): Promise<never> {
    const { WaitingError } = await import("bullmq");
    this.counts.handedBack += 1;
    await job.moveToWait(token);
    this.options.onEvent({ event: "handed_back", id: String(job.data?.id), reason });
    throw new WaitingError();
  }

  private async putOff(job: Job, token: string): Promise<never> {
    const { DelayedError } = await import("bullmq");
    await job.moveToDelayed(Date.now() + putOffMs, token);
    throw new DelayedError();
  }

  private async exchange(): Promise<void> {
    await Promise.all([...this.runs.values()].map((run) => run.exchange()));
    this.adjustWatchdog();
  }

  private async leaveIfEmpty(queue: Queue): Promise<void> {
    if (this.active > 0 || this.leaving) return;
    const counts = await queue.getJobCounts("waiting", "active", "delayed", "prioritized");
    if (Object.values(counts).every((count) => count === 0)) this.leave(leaving());
  }

  /** No job and no call begins any more; calls under way get a moment. */
  private leave(reason: MetamemError): void {
    if (this.leaving) return;
    this.leaving = true;
    for (const run of this.runs.values()) run.gate.close(reason);
    this.left.resolve();
  }

  private async close(worker: Worker, queue: Queue): Promise<void> {
    const timer = setTimeout(() => {
      for (const run of this.runs.values()) run.abort(leaving());
    }, 1000 * graceSeconds);
    // BullMQ waits for connections that may be away. What it still holds then goes to others when its locks are over.
    const closed = worker.close().then(() => queue.close());
    closed.catch(() => {});
    try {
      await within(1000 * leavingSeconds, (over) => Promise.race([closed, this.allEnded(over)]));
    } finally {
      clearTimeout(timer);
      for (const run of this.runs.values()) run.close();
    }
  }

  /** Resolves a while after the last job has ended. */
  private async allEnded(over: AbortSignal): Promise<void> {
    let idle = 0;
    while (idle < closingMs) {
      await systemClock.sleep(drainMs, over);
      idle = this.active === 0 ? idle + drainMs : 0;
    }
  }
}

/** Faults that say nothing about the episode and would meet every other one here. */
function isOfThisMachine({ boundary, code }: { readonly boundary: string; readonly code: string }): boolean {
  return (boundary === "setup" || boundary === "usage") && code !== "usage.episode_busy";
}

function leaving(): MetamemError {
  return new MetamemError("interrupt", leftCode, "the worker leaves; another one plays on");
}
