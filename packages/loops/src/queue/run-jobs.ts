import type { Hash } from "@metamem/core";
import type { JobsOptions, Queue } from "bullmq";
import type { PlannedEpisode } from "../rollout/plan.ts";
import { type EpisodeJob, jobId } from "./messages.ts";

const batch = 500;
const opts: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** The jobs of one run in the queue, by the ids of their episodes. */
export class RunJobs {
  private readonly queue: Queue;
  private readonly common: Omit<EpisodeJob, "id" | "env" | "choice" | "repetition">;

  /** @param common what the jobs of all episodes have in common. */
  constructor(queue: Queue, common: Omit<EpisodeJob, "id" | "env" | "choice" | "repetition">) {
    this.queue = queue;
    this.common = common;
  }

  /** Adds those that are not there. */
  async add(episodes: readonly PlannedEpisode[]): Promise<void> {
    for (const some of batches(episodes)) {
      const jobs = some.map(({ id, env, choice, repetition }) => {
        const data: EpisodeJob = { ...this.common, id, env, choice, repetition };
        return { name: "episode", data, opts: { ...opts, jobId: this.name(id) } };
      });
      await this.queue.addBulk(jobs);
    }
  }

  /** Which of these have no job. */
  async missing(ids: readonly Hash[]): Promise<Set<Hash>> {
    const without = new Set<Hash>();
    for (const some of batches(ids)) {
      const jobs = await Promise.all(some.map((id) => this.queue.getJob(this.name(id))));
      for (const [index, id] of some.entries()) if (jobs[index] === undefined) without.add(id);
    }
    return without;
  }

  /** Removes those that no worker holds. Returns how many are left. */
  async withdraw(ids: readonly Hash[]): Promise<number> {
    let left = 0;
    for (const some of batches(ids)) {
      // 0 for a job that a worker holds, and for one that is gone.
      const removed = await Promise.all(some.map((id) => this.queue.remove(this.name(id))));
      const kept = some.filter((_, index) => removed[index] === 0);
      left += kept.length - (await this.missing(kept)).size;
    }
    return left;
  }

  private name(id: Hash): string {
    return jobId(this.common.run, id);
  }
}

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / batch) }, (_, at) => items.slice(at * batch, (at + 1) * batch));
}
