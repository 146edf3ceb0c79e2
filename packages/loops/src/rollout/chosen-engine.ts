import type { RunGate } from "./call-gate.ts";
import type { OperationConfig } from "./config.ts";
import type { CrashLog } from "./crash-log.ts";
import type { RolloutEngine } from "./engine.ts";
import { FlightRecorder } from "./flight-record.ts";
import { LocalEngine } from "./local-engine.ts";
import type { ModelPool } from "./model-pool.ts";
import type { RolloutPlan } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";
import { ShardEngine } from "./shard-engine.ts";

/** What an engine is made of. */
export interface EngineParts {
  readonly run: RunFolder;
  readonly plan: RolloutPlan;
  readonly operation: OperationConfig;
  readonly gate: RunGate;
  readonly models: ModelPool;
  readonly log: CrashLog;
  readonly restartChanged: boolean;
}

/** The engine that the number of shards asks for. */
export function chosenEngine({ run, plan, operation, gate, models, log, restartChanged }: EngineParts): RolloutEngine {
  const { shards, limits } = operation;
  if (shards > 0) {
    const setup = { kind: "setup" as const, runFolder: run.path, play: plan.config, limits, restartChanged };
    return new ShardEngine(shards, setup, run, gate, log);
  }
  const { stepSeconds, episodeMinutes } = limits;
  const flight = new FlightRecorder(run.path, "0.local");
  return new LocalEngine({ run, models, stepSeconds, episodeMinutes, restartChanged, flight }, gate);
}
