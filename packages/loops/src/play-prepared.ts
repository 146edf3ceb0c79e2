import { join } from "node:path";
import {
  type EpisodeObserver,
  type EpisodeOutcome,
  episodeCounter,
  type MemoryStore,
  openTraceReader,
  playEpisode,
  type TraceHeader,
  type TraceSink,
  writeResult,
} from "@metamem/core";
import { type EpisodeSummary, summariseEpisode } from "./episode-summary.ts";
import type { OpenOptions } from "./open-roles.ts";
import { type PreparedEpisode, ruleLabel } from "./prepare-episode.ts";
import type { EpisodeResult } from "./result.ts";
import { codeVersion } from "./trace-header.ts";
import { Turnstile } from "./turnstile.ts";

/** What the caller of an episode decides about how it runs. */
export interface PlayOptions extends OpenOptions {
  readonly observer?: EpisodeObserver;
  /** See `TraceOptions`. */
  readonly durable?: boolean | undefined;
}

/** How this run of the program began. */
export interface Session {
  readonly startedAt: Date;
  readonly resumes: number;
}

/** Where memory lies inside a trace folder. */
export function memoryFolder(folder: string): string {
  return join(folder, "memory");
}

/** The open folder of an episode: where play is written down. */
export interface EpisodeRecord {
  readonly folder: string;
  readonly header: TraceHeader;
  readonly sink: TraceSink;
  readonly store: MemoryStore;
}

/** Plays a prepared episode into its record, closes that, reads the trace back, and stores and returns what came of it. */
export async function playPrepared(
  prepared: PreparedEpisode,
  record: EpisodeRecord,
  session: Session,
  options: PlayOptions,
): Promise<EpisodeResult> {
  const { folder, header, sink, store } = record;
  const began = performance.now();
  const steps = new StepCounter(sink);
  let outcome: EpisodeOutcome;
  let memory: EpisodeResult["memory"];
  {
    using closing = new DisposableStack();
    closing.defer(() => sink.close());
    closing.defer(() => store.close());
    outcome = await playEpisode({
      episodeId: header.episodeId,
      family: prepared.family,
      environment: prepared.environment,
      world: header.world,
      bundle: prepared.bundle,
      runner: prepared.runner,
      protocol: prepared.spec.protocol,
      roles: prepared.roles,
      store,
      sink,
      counter: await episodeCounter(Object.values(prepared.roles).map(({ info }) => info)),
      samplingSeed: prepared.spec.samplingSeed,
      maxSteps: prepared.spec.maxSteps,
      signal: options.signal,
      observer: steps.around(options.observer),
    });
    memory = memoryTotals(store);
  }
  const seconds = (performance.now() - began) / 1000;
  const summary = await readers.pass(() => readSummary(folder));
  const result = resultOf(prepared, header, outcome, summary, memory, {
    folder,
    startedAt: session.startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    seconds: Number(seconds.toFixed(3)),
    stepsPlayed: steps.played,
    stepsPerSecond: seconds > 0 ? Number((steps.played / seconds).toFixed(2)) : null,
    resumes: session.resumes,
    retries: summary.retries,
    modelSeconds: { ...summary.modelSeconds },
    code: { ...codeVersion },
  });
  writeResult(folder, result);
  return result;
}

/** Counts the steps this run plays itself; replayed ones went through the same code and are told apart by the sink. */
class StepCounter {
  played = 0;
  private readonly sink: TraceSink;

  constructor(sink: TraceSink) {
    this.sink = sink;
  }

  around(observer: EpisodeObserver = {}): EpisodeObserver {
    return {
      event: (event) => {
        if (event.kind === "action" && !this.sink.replaying) this.played += 1;
        observer.event?.(event);
      },
      scene: (step, frame, progress) => observer.scene?.(step, frame, progress),
      asking: (callId) => observer.asking?.(callId),
    };
  }
}

/** Traces that are read back at a time: a reader holds much, and a thousand episodes may end together. */
const readers = new Turnstile(4);

async function readSummary(folder: string): Promise<EpisodeSummary> {
  const reader = openTraceReader(folder, { trusted: true });
  try {
    return await summariseEpisode(reader.events(), (blob) => reader.text(blob));
  } finally {
    reader.close();
  }
}

function memoryTotals(store: MemoryStore): EpisodeResult["memory"] {
  const { files, storeHash } = store.image();
  const texts = Object.values(files);
  return { storeHash, files: texts.length, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
}

function resultOf(
  prepared: PreparedEpisode,
  header: TraceHeader,
  outcome: EpisodeOutcome,
  summary: EpisodeSummary,
  memory: EpisodeResult["memory"],
  operational: EpisodeResult["operational"],
): EpisodeResult {
  const { spec, task, roles, environment } = prepared;
  const label = ruleLabel(prepared);
  const error = "error" in outcome ? { code: outcome.error.code, message: outcome.error.message } : null;
  return {
    schema: "metamem.episode/1",
    episodeId: header.episodeId,
    status: outcome.status,
    error,
    family: spec.family,
    task: task.id,
    seed: spec.seed,
    scaffold: spec.scaffold,
    protocol: spec.protocol.name,
    temperature: spec.protocol.temperature,
    samplingSeed: spec.samplingSeed,
    maxSteps: spec.maxSteps,
    models: { memory: { ...roles.memory.info }, gameplay: { ...roles.gameplay.info } },
    rule_based: label !== null,
    label,
    steps: summary.steps,
    turn: summary.turn,
    progression: summary.progression,
    episodeReturn: summary.episodeReturn,
    endReason: summary.endReason,
    milestones: environment
      .progress()
      .milestones.map(({ name }) => ({ name, step: summary.reached.get(name) ?? null })),
    details: { ...summary.details },
    metrics: summary.metrics,
    memory,
    operational,
  };
}
