import { realpathSync } from "node:fs";
import { RunFolder } from "../rollout/run-folder.ts";
import type { EngineParts } from "../rollout/session.ts";
import { queueName, queuePrefix, runKey } from "./messages.ts";
import { type QueueConnection, QueueEngine } from "./queue-engine.ts";
import { connectRedis, type QueueAddress } from "./redis.ts";
import { RunState } from "./run-state.ts";
import { within } from "./within.ts";

/** A connection that is away is not waited for longer. */
const closingMs = 2000;

/** A queue to play a run by: `engine` and `level` are for `SessionOptions`. */
export class QueueSource implements AsyncDisposable {
  /** The episodes that workers play at once, as far as they were seen. */
  readonly level = { level: 1, onReply() {}, onOverload() {} };
  private readonly connection: QueueConnection;

  private constructor(connection: Omit<QueueConnection, "load">) {
    this.connection = { ...connection, load: this.level };
  }

  /** @throws SetupError when there is no usable Redis at that address. */
  static async connect(address: QueueAddress, onTrouble: (reason: string | null) => void): Promise<QueueSource> {
    const redis = await connectRedis(address, onTrouble);
    const { Queue } = await import("bullmq");
    const queue = new Queue(queueName, { connection: redis, prefix: queuePrefix });
    queue.on("error", () => {});
    return new QueueSource({ redis, queue });
  }

  engine({ run, gate, operation, restartChanged }: EngineParts): QueueEngine {
    const { record } = RunFolder.open(run.path);
    const key = runKey(record);
    const { limits, budget, prices } = operation;
    const job = { schema: "metamem.queue-job/1" as const, run: key, folder: realpathSync(run.path) };
    const order = { limits, budget, prices, restartChanged };
    return new QueueEngine(this.connection, { state: new RunState(this.connection.redis, key), run, gate, job, order });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await within(closingMs, () => this.connection.queue.close());
    this.connection.redis.disconnect();
  }
}
