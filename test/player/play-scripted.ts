import { join } from "node:path";
import {
  createModel,
  estimatedTokens,
  type Hash,
  loadBundle,
  type MemoryStore,
  memoryFromImage,
  type NewEvent,
  openTrustedRunner,
  playEpisode,
  protocolSchema,
  type RulePlayer,
  sha256,
  type TraceSink,
} from "@metamem/core";
import { families } from "@metamem/native-env";
import defaultProtocol from "../../seeds/protocols/default.json" with { type: "json" };

const scaffolds = join(import.meta.dirname, "../../seeds/scaffolds");

export interface ScriptedEpisode {
  /** Name of the game; Crafter by default. */
  readonly env?: string;
  /** Name of the task; the game's first one by default. */
  readonly task?: string;
  readonly seed: number;
  readonly scaffold?: string;
  readonly protocol?: Readonly<Record<string, unknown>>;
  readonly maxSteps?: number;
  /** Answers every read of the model with nothing. The file index still tells the truth. */
  readonly blankReads?: boolean;
  /** Another player than the family's own. */
  readonly player?: RulePlayer;
  /** Sees every event. */
  readonly watch?: (event: NewEvent) => void;
}

export interface ScriptedOutcome {
  readonly seed: number;
  readonly progression: number;
  readonly steps: number;
  readonly reason: string;
  readonly milestones: readonly string[];
  readonly calls: number;
  readonly seconds: number;
  readonly files: Readonly<Record<string, string>>;
}

/** Plays one episode with the real agent, store, ops and environment; only the trace is not kept. */
export async function playScripted(episode: ScriptedEpisode): Promise<ScriptedOutcome> {
  const bundle = loadBundle(join(scaffolds, episode.scaffold ?? "memory-v0"));
  const family = families.find(({ name }) => name === (episode.env ?? "crafter"));
  if (family === undefined) throw new Error(`there is no game ${episode.env}`);
  const player = episode.player ?? family.player;
  const model = await createModel("scripted", player === undefined ? {} : { player });
  const { signal } = new AbortController();
  const role = { model, info: await model.open(signal) };
  const task = family.tasks.find(({ id }) => episode.task === undefined || id === episode.task);
  if (task === undefined) throw new Error(`${family.name} has no task ${episode.task}`);
  const environment = await family.open(task);
  const memory = memoryFromImage({ files: {} });
  const sink = new Unrecorded(episode.watch);
  const began = performance.now();
  try {
    const outcome = await playEpisode({
      episodeId: `player-${episode.seed}`,
      family,
      environment,
      world: { seed: episode.seed },
      bundle,
      runner: await openTrustedRunner(bundle),
      protocol: protocolSchema.parse({ ...defaultProtocol, ...episode.protocol }),
      roles: { memory: role, gameplay: role },
      store: episode.blankReads === true ? blank(memory) : memory,
      sink,
      counter: estimatedTokens,
      samplingSeed: 0,
      maxSteps: episode.maxSteps ?? task.maxSteps,
      signal,
      observer: {},
    });
    if (outcome.status !== "finished") throw new Error(`seed ${episode.seed}: ${JSON.stringify(outcome)}`);
    const { progression, steps, reason, milestones } = outcome.end;
    const seconds = (performance.now() - began) / 1000;
    return {
      seed: episode.seed,
      progression,
      steps,
      reason,
      milestones,
      calls: sink.calls,
      seconds,
      files: memory.image().files,
    };
  } finally {
    environment.close();
    memory.close();
    model.close();
  }
}

/** The store with every answer to a read emptied. */
function blank(store: MemoryStore): MemoryStore {
  const nothing = () => ({ ok: true, lines: [], total: 0, truncated: false, matches: 0 });
  return new Proxy(store, {
    get(target, name) {
      if (name === "read" || name === "search" || name === "tail" || name === "count") return nothing;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A sink that keeps nothing: measuring needs no trace. */
class Unrecorded implements TraceSink {
  readonly replaying = false;
  calls = 0;
  private readonly watch: ((event: NewEvent) => void) | undefined;

  constructor(watch: ((event: NewEvent) => void) | undefined) {
    this.watch = watch;
  }

  blob(text: string): Hash {
    return sha256(text);
  }

  append(event: NewEvent): void {
    if (event.kind === "call") this.calls += 1;
    this.watch?.(event);
  }

  recordedCall(): null {
    return null;
  }

  flush(): void {}
  close(): void {}
}
