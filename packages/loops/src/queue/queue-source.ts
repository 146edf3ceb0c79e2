import { realpathSync } from "node:fs";
import type { Hash } from "@metamem/core";
import type { EngineSetup, EngineSource, RolloutEngine } from "../rollout/engine.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import { handToWorkers } from "./hand-over.ts";
import { queueName, queuePrefix, runKey } from "./messages.ts";
import { type QueueConnection, QueueEngine } from "./queue-engine.ts";
import { connectRedis, type QueueAddress } from "./redis.ts";
import { RunState } from "./run-state.ts";

/** Play by the workers of a queue, for `SessionOptions.engine`. */
export class QueueSource implements EngineSource, AsyncDisposable {
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

  prepare(run: RunFolder, open: readonly Hash[]): RunFolder {
    return handToWorkers(run, open);
  }

  open(setup: EngineSetup): RolloutEngine {
    const { record } = RunFolder.open(setup.run.path);
    const run = runKey(record);
    const folder = realpathSync(setup.run.path);
    const job = { schema: "metamem.queue-job/1" as const, run, folder };
    return new QueueEngine(this.connection, new RunState(this.connection.redis, run), job, setup);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.queue.close();
    this.connection.redis.disconnect();
  }
}
