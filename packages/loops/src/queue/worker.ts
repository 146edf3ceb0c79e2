import { type MetamemError, systemClock } from "@metamem/core";
import type { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { JobPlayer } from "./job-player.ts";
import { queueName, queuePrefix } from "./messages.ts";
import { connectRedis } from "./redis.ts";
import { repeat } from "./repeat.ts";
import { Watchdog } from "./watchdog.ts";
import { within } from "./within.ts";
import { WorkerLoad } from "./worker-load.ts";
import { workerName } from "./worker-name.ts";
import type { QueueWorkerOptions } from "./worker-options.ts";

/** Seconds that calls under way have when the worker leaves. */
const graceSeconds = 5;
/** Seconds after which it leaves whatever is not closed by then. */
const leavingSeconds = 15;
const closingMs = 2000;
const exchangeMs = 1000;
const drainMs = 500;
/** A lost machine is no fault of an episode, however often it happens; what kills workers is found by its step (attempts.ts). */
const anyNumberOfStalls = 1_000_000_000;
/** Seconds of one step, until the runs have said how many they allow. */
const longestStep = 60;

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
  private readonly load: WorkerLoad;
  private readonly watchdog = new Watchdog(longestStep);
  private readonly player: JobPlayer;
  private readonly left = Promise.withResolvers<void>();
  private fault: MetamemError | null = null;
  private leaving = false;

  constructor(options: QueueWorkerOptions, redis: Redis) {
    this.options = options;
    this.redis = redis;
    this.load = new WorkerLoad(options.concurrency);
    const onFault = (fault: MetamemError): void => {
      this.fault ??= fault;
      this.leave();
    };
    this.player = new JobPlayer(options, { redis, load: this.load, watchdog: this.watchdog, onFault });
  }

  async run(): Promise<void> {
    const { signal, address, onEvent, drain } = this.options;
    const { Queue, Worker } = await import("bullmq");
    const queue = new Queue(queueName, { connection: this.redis, prefix: queuePrefix });
    queue.on("error", () => {});
    const worker = new Worker(
      queueName,
      (job, token, lost) => this.player.process(job, token ?? "", lost),
      this.bullOptions(),
    );
    // A connection that is lost is told by connectRedis; a lock that is lost, by the next event.
    worker.on("error", () => {});
    worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) worker.cancelJob(id, "lock lost");
    });
    using clocks = new DisposableStack();
    clocks.use(this.load).govern(worker, (concurrency) => onEvent({ event: "level", concurrency }));
    clocks.use(this.watchdog);
    clocks.use(repeat(exchangeMs, () => this.player.exchange()));
    if (drain) clocks.use(repeat(drainMs, () => this.leaveIfEmpty(queue)));
    const leave = (): void => this.leave();
    signal.addEventListener("abort", leave, { once: true });
    clocks.defer(() => signal.removeEventListener("abort", leave));
    onEvent({ event: "ready", queue: address.label, worker: workerName(), concurrency: this.load.level });
    if (signal.aborted) leave();
    await this.left.promise;
    await this.close(worker, queue);
    onEvent({ event: "left", ...this.player.counts });
    if (this.fault !== null) throw this.fault;
  }

  private bullOptions() {
    const lockDuration = 1000 * this.options.lockSeconds;
    return {
      connection: this.redis,
      prefix: queuePrefix,
      concurrency: this.load.level,
      lockDuration,
      stalledInterval: lockDuration / 2,
      maxStalledCount: anyNumberOfStalls,
      // What came of an episode is in the run's folder; a job that is gone can be added again by a resume.
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
  }

  private async leaveIfEmpty(queue: Queue): Promise<void> {
    if (this.player.active > 0 || this.leaving) return;
    const counts = await queue.getJobCounts("waiting", "active", "delayed", "prioritized");
    if (Object.values(counts).every((count) => count === 0)) this.leave();
  }

  /** No job and no call begins any more; calls under way get a moment. */
  private leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    this.player.leave();
    this.left.resolve();
  }

  private async close(worker: Worker, queue: Queue): Promise<void> {
    const timer = setTimeout(() => this.player.abort(), 1000 * graceSeconds);
    // BullMQ waits for connections that may be away. What it still holds then goes to others when its locks are over.
    const closed = worker.close().then(() => queue.close());
    closed.catch(() => {});
    try {
      await within(1000 * leavingSeconds, (over) => Promise.race([closed, this.allEnded(over)]));
    } finally {
      clearTimeout(timer);
      this.player.close();
    }
  }

  /** Resolves a while after the last job has ended. */
  private async allEnded(over: AbortSignal): Promise<void> {
    let idle = 0;
    while (idle < closingMs) {
      await systemClock.sleep(drainMs, over);
      idle = this.player.active === 0 ? idle + drainMs : 0;
    }
  }
}
