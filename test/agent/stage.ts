import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ChatModel,
  type ChatRequest,
  type Effect,
  type Environment,
  type EnvironmentFamily,
  type EpisodeOutcome,
  type EventKind,
  type EventOf,
  estimatedTokens,
  type Hash,
  jsonObjectSchema,
  loadBundle,
  type Observation,
  openMemoryStore,
  openTrustedRunner,
  type Protocol,
  playEpisode,
  protocolSchema,
  RamTrace,
  type TaskSpec,
} from "@metamem/core";
import defaultProtocol from "../../seeds/protocols/default.json" with { type: "json" };

/** A corridor of five cells: walk east to the door. Small enough to reason about every event of an episode. */
const task: TaskSpec = {
  family: "corridor",
  id: "default",
  title: "Corridor",
  actions: [
    { name: "East", description: "one cell east", direction: [1, 0] },
    { name: "West", description: "one cell west", direction: [-1, 0] },
    { name: "Wait", description: "let time pass" },
  ],
  defaultAction: "Wait",
  fallbackAction: "Wait",
  maxSteps: 20,
  options: {},
};

const doorAt = 4;

class Corridor implements Environment {
  readonly task = task;
  private at = 0;
  private turn = 0;
  reset(): Observation {
    return this.observe();
  }
  step(action: string) {
    this.turn += 1;
    const move = action === "East" ? 1 : action === "West" ? -1 : 0;
    this.at = Math.max(0, this.at + move);
    return { observation: this.observe(), reward: 0, terminated: this.at === doorAt, truncated: false };
  }
  progress() {
    const open = this.at === doorAt;
    const milestones = [{ name: "door", reached: open }];
    return { progression: open ? 1 : 0, milestones, endReason: open ? "door" : null, details: {} };
  }
  frame() {
    return { width: 1, height: 1, cells: new Uint16Array([0]), gauges: [] };
  }
  close() {}
  private observe(): Observation {
    const longTerm = this.at === 0 ? "A wall to your west." : "A corridor.";
    return { longTerm, shortTerm: "You are well.", features: { at: this.at }, turn: this.turn };
  }
}

export const corridor: EnvironmentFamily = {
  name: "corridor",
  title: "Corridor",
  version: "1",
  tasks: [task],
  open: () => new Corridor(),
  featureSchema: jsonObjectSchema,
  canonicalise: (text) => {
    const exact = task.actions.find((action) => action.name === text);
    const folded = task.actions.find((action) => action.name.toLowerCase() === text.toLowerCase());
    return exact === undefined ? { action: folded?.name ?? null, rule: "case" } : { action: text, rule: "exact" };
  },
  effect: (before, action, after): Effect => {
    const changed = before.features.at !== after.features.at;
    return {
      changed,
      intended: action !== "Wait",
      flags: changed ? ["moved"] : [],
      summary: changed ? "moved one cell" : "nothing changed",
    };
  },
  instruction: () => ({ role: "You walk a corridor.", goal: "Reach the door.", observationGuide: "West is left." }),
  view: { styles: [{ glyph: " ", foreground: 0, background: 0, label: "floor" }], columnsPerCell: 1 },
};

/** The trace in RAM, with the questions the tests ask of it. */
export class StageTrace extends RamTrace {
  of<K extends EventKind>(kind: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }
  text(hash: Hash): string {
    return this.texts.get(hash) ?? "";
  }
}

/** What a test's player answers to one call; `finish: length` cuts it. Throwing is a failed call. */
export type Answer = string | { readonly text: string; readonly finish: "length" };
export type Player = (request: ChatRequest) => Answer;

function modelOf(player: Player): ChatModel {
  const info = { spec: "test", ruleBased: true, contextTokens: 8192, server: null, template: null };
  return {
    open: async () => info,
    close: () => {},
    generate: async (request) => {
      const answer = player(request);
      const { text, finish } = typeof answer === "string" ? { text: answer, finish: "stop" as const } : answer;
      const usage = { prompt: 1, cached: null, output: 1, exact: false };
      return { text, finish, usage, servedModel: "test", failedAttempts: [] };
    },
  };
}

export interface Played {
  readonly outcome: EpisodeOutcome;
  readonly sink: StageTrace;
  readonly requests: readonly ChatRequest[];
  /** Final memory. */
  readonly files: Readonly<Record<string, string>>;
}

export interface StageOptions {
  readonly scaffold?: string;
  readonly protocol?: Partial<Protocol>;
  /** A second player makes it two-model play: it commits. */
  readonly gameplay?: Player;
  readonly maxSteps?: number;
  readonly contextTokens?: number;
  readonly family?: EnvironmentFamily;
}

const scaffolds = join(import.meta.dirname, "../../seeds/scaffolds");

/** Plays one corridor episode with the real agent, store and a shipped (or given) bundle. */
export async function playOn(player: Player, options: StageOptions = {}): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "stage-"));
  const requests: ChatRequest[] = [];
  const watched = (inner: Player): ChatModel =>
    modelOf((request) => {
      requests.push(request);
      return inner(request);
    });
  const memory = watched(player);
  const gameplay = options.gameplay === undefined ? memory : watched(options.gameplay);
  const info = {
    spec: "test",
    ruleBased: true,
    contextTokens: options.contextTokens ?? 8192,
    server: null,
    template: null,
  };
  const bundle = loadBundle(options.scaffold ?? join(scaffolds, "memory-v0"));
  const family = options.family ?? corridor;
  const sink = new StageTrace();
  const store = openMemoryStore(folder);
  try {
    const outcome = await playEpisode({
      episodeId: "test",
      family,
      environment: await family.open(task),
      world: { seed: 1 },
      bundle,
      runner: await openTrustedRunner(bundle),
      protocol: { ...protocolSchema.parse(defaultProtocol), ...options.protocol },
      roles: { memory: { model: memory, info }, gameplay: { model: gameplay, info } },
      store,
      sink,
      counter: estimatedTokens,
      samplingSeed: 1,
      maxSteps: options.maxSteps ?? 1,
      signal: new AbortController().signal,
      observer: {},
    });
    return { outcome, sink, requests, files: store.image().files };
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Which phase a request belongs to, from its call id `<step>.<phase>.<turn>`. */
export function phaseOf(request: ChatRequest): string {
  return request.callId.split(".")[1] ?? "";
}

export function lastMessage(request: ChatRequest): string {
  return request.messages.at(-1)?.content ?? "";
}
