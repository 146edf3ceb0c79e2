import { realpathSync } from "node:fs";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { EngineParts } from "../rollout/chosen-engine.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import { LeftTries } from "./left-tries.ts";
import { queueName, queuePrefix, runKey } from "./messages.ts";
import { type QueueConnection, QueueEngine } from "./queue-engine.ts";
import { connectRedis, type QueueAddress } from "./redis.ts";
import { RunJobs } from "./run-jobs.ts";
import { RunState } from "./run-state.ts";
import { within } from "./within.ts";

/** A connection that is away is not waited for longer. */
const closingMs = 2000;

/** A queue to play a run by: `engine` and `level` are for `SessionOptions`. */
export class QueueSource implements AsyncDisposable {
  /** The episodes that workers play at once, as far as they were seen. */
  readonly level = { level: 1, onReply() {}, onOverload() {} };
  private readonly connection: QueueConnection;
  private readonly queue: Queue;

  private constructor(redis: Redis, queue: Queue) {
    this.connection = { redis, load: this.level };
    this.queue = queue;
  }

  /** @throws SetupError when there is no usable Redis at that address. */
  static async connect(address: QueueAddress, onTrouble: (reason: string | null) => void): Promise<QueueSource> {
    const redis = await connectRedis(address, onTrouble);
    const { Queue } = await import("bullmq");
    const queue = new Queue(queueName, { connection: redis, prefix: queuePrefix });
    queue.on("error", () => {});
    return new QueueSource(redis, queue);
  }

  engine({ run, plan, log, gate, operation, restartChanged }: EngineParts): QueueEngine {
    const { record } = RunFolder.open(run.path);
    const key = runKey(record);
    const { limits, budget, prices } = operation;
    const folder = realpathSync(run.path);
    const jobs = new RunJobs(this.queue, { schema: "metamem.queue-job/1", run: key, folder });
    const tries = new LeftTries(run, plan.episodes, log);
    const order = { limits, budget, prices, restartChanged };
    const state = new RunState(this.connection.redis, key);
    return new QueueEngine(this.connection, { state, run, gate, jobs, tries, order });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await within(closingMs, () => this.queue.close());
    this.connection.redis.disconnect();
  }
}
