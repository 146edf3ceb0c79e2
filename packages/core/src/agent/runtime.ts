import type { Environment, Observation, Progress, WorldSeed } from "../env/environment.ts";
import type { EnvironmentFamily } from "../env/family.ts";
import type { MemoryStore } from "../memory/store.ts";
import type { ChatModel, ModelInfo, ModelRole } from "../model/chat-model.ts";
import type { TokenCounter } from "../model/token-estimate.ts";
import type { Bundle } from "../scaffold/bundle.ts";
import type { Protocol } from "../scaffold/protocol.ts";
import type { ScaffoldRunner } from "../scaffold/runner.ts";
import type { NewEvent } from "../trace/events.ts";
import type { TraceSink } from "../trace/sink.ts";
import type { EpisodeObserver } from "./observer.ts";

export interface RoleModel {
  readonly model: ChatModel;
  readonly info: ModelInfo;
}

/** Everything an episode is played with. The caller owns and closes what it passes in. */
export interface EpisodeSetup {
  readonly episodeId: string;
  readonly family: EnvironmentFamily;
  readonly environment: Environment;
  readonly world: WorldSeed;
  readonly bundle: Bundle;
  readonly runner: ScaffoldRunner;
  readonly protocol: Protocol;
  readonly roles: Readonly<Record<ModelRole, RoleModel>>;
  readonly store: MemoryStore;
  readonly sink: TraceSink;
  readonly counter: TokenCounter;
  readonly samplingSeed: number;
  readonly maxSteps: number;
  readonly signal: AbortSignal;
  readonly observer: EpisodeObserver;
}

/** The situation in which a phase runs: what LOG and PLAN are told about the step. */
export interface Scene {
  readonly step: number;
  readonly observation: Observation;
  readonly progress: Progress;
}

/** Records an event and shows it to the observer. */
export function record(setup: Pick<EpisodeSetup, "sink" | "observer">, event: NewEvent): void {
  setup.sink.append(event);
  setup.observer.event?.(event);
}
