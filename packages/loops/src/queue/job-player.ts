import { attribute, MetamemError } from "@metamem/core";
import type { Job } from "bullmq";
import type { Redis } from "ioredis";
import type { PlayOutcome } from "../rollout/run-result.ts";
import { type EpisodeJob, jobSchema } from "./messages.ts";
import type { Watchdog } from "./watchdog.ts";
import { WorkedRun } from "./worked-run.ts";
import type { WorkerLoad } from "./worker-load.ts";
import type { QueueWorkerOptions } from "./worker-options.ts";
import { isGone } from "./worker-places.ts";

/** Milliseconds after which a job that this version does not know is offered again. */
const putOffMs = 30_000;
const leftCode = "interrupt.worker_left";

/** What a worker plays with. */
export interface PlayerParts {
  readonly redis: Redis;
  readonly load: WorkerLoad;
  readonly watchdog: Watchdog;
  /** Told when this machine cannot play. */
  readonly onFault: (fault: MetamemError) => void;
}

/** Plays the jobs that BullMQ hands to a worker, and decides what becomes of each. */
export class JobPlayer {
  readonly counts = { settled: 0, open: 0, handedBack: 0 };
  /** Jobs in its hands. */
  active = 0;
  private readonly options: QueueWorkerOptions;
  private readonly parts: PlayerParts;
  private readonly runs = new Map<string, WorkedRun>();
  private leaving = false;

  constructor(options: QueueWorkerOptions, parts: PlayerParts) {
    this.options = options;
    this.parts = parts;
  }

  /** BullMQ calls this for each job; `lost` fires when its lock could not be renewed. */
  async process(job: Job, token: string, lost: AbortSignal = new AbortController().signal): Promise<null> {
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

  /** Called about once a second: learns what producers order and tells them how far things are. */
  async exchange(): Promise<void> {
    await Promise.all([...this.runs.values()].map((run) => run.exchange()));
    this.adjustWatchdog();
  }

  /** From now on no job begins, and no call: those under way may still be answered. */
  leave(): void {
    this.leaving = true;
    this.parts.load.calls.close(leaving());
  }

  /** Ends all calls under way. */
  abort(): void {
    for (const run of this.runs.values()) run.abort(leaving());
  }

  close(): void {
    for (const run of this.runs.values()) run.close();
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
    const { redis, load } = this.parts;
    const run = new WorkedRun(job, redis, this.options, load);
    this.runs.set(job.run, run);
    this.adjustWatchdog();
    return run;
  }

  private adjustWatchdog(): void {
    const seconds = [...this.runs.values()].map(({ stepSeconds }) => stepSeconds);
    if (seconds.length > 0) this.parts.watchdog.limit(Math.max(...seconds));
  }

  /** This machine cannot play: others may. */
  private async giveUp(job: Job, token: string, fault: MetamemError): Promise<null> {
    this.parts.onFault(fault);
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
}

/** Faults that say nothing about the episode and would meet every other one here. */
function isOfThisMachine({ boundary, code }: { readonly boundary: string; readonly code: string }): boolean {
  return (boundary === "setup" || boundary === "usage") && code !== "usage.episode_busy";
}

function leaving(): MetamemError {
  return new MetamemError("interrupt", leftCode, "the worker leaves; another one plays on");
}
