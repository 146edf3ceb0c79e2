import type { Observation, Progress } from "../env/environment.ts";
import type { Effect } from "../env/family.ts";
import { ScaffoldError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import type { Json } from "../json.ts";
import { initialText } from "../scaffold/bundle.ts";
import { FrameEncoder } from "../trace/frame-codec.ts";
import { inlineText, maxRawAction } from "../trace/inline-text.ts";
import { judgeEffect } from "./effect.ts";
import { History } from "./history.ts";
import { MemoryJournal } from "./memory-journal.ts";
import { type Commit, playsTwoModels } from "./plan.ts";
import { PromptRoom } from "./prompt-room.ts";
import { RecentActions } from "./recent.ts";
import { applyRetention } from "./retention.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/** Steps between full copies of the scaffold's reducer state in the trace; in between its hash suffices, replay rebuilds it. */
const stateKeyframeInterval = 100;

/** What led to the current observation. */
interface Arrival {
  readonly commit: Commit;
  readonly before: Observation;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** The state of one running episode: what the next step needs from the ones before, and how it is recorded. */
export class Episode {
  readonly setup: EpisodeSetup;
  readonly journal: MemoryJournal;
  /** Agent steps taken so far; the step being played. */
  step = 0;
  episodeReturn = 0;
  private observation: Observation;
  private progress: Progress;
  private arrival: Arrival | null = null;
  private facts: Json = null;
  private state: Json = null;
  private readonly reached = new Set<string>();
  private readonly recent: RecentActions;
  private readonly history: History;
  private readonly frames = new FrameEncoder();

  constructor(setup: EpisodeSetup, first: Observation) {
    this.setup = setup;
    this.journal = new MemoryJournal(setup);
    this.observation = first;
    this.progress = setup.environment.progress();
    this.recent = new RecentActions(setup.environment.task, setup.protocol.recentActions);
    this.history = new History(setup.bundle.manifest.historySteps);
  }

  get hasMemory(): boolean {
    return this.setup.bundle.manifest.kind === "memory";
  }

  get over(): boolean {
    return this.arrival !== null && (this.arrival.terminated || this.arrival.truncated);
  }

  get milestones(): readonly string[] {
    return [...this.reached];
  }

  get lastProgress(): Progress {
    return this.progress;
  }

  /** Writes the bundle's initial memory files; they are part of the first keyframe, not changes. */
  seedMemory(): void {
    const { bundle, family, store } = this.setup;
    for (const file of bundle.manifest.files) {
      if (!(file.families?.includes(family.name) ?? true)) continue;
      const made = store.create(file.name, initialText(bundle, family.name, file.name));
      if (!made.ok) throw new ScaffoldError("initial_memory", `${bundle.manifest.name}: ${file.name}: ${made.message}`);
    }
    this.journal.keyframe(0, true);
  }

  /** Records the current observation and what the last action did to it. */
  async observe(): Promise<Effect | null> {
    this.recordObservation();
    const effect = this.recordEffect();
    await this.runReducers(effect);
    return effect;
  }

  /** The prompts of this step, seen from now: build it again after memory changed. */
  promptRoom(effect: Effect | null): PromptRoom {
    const { setup, arrival } = this;
    return new PromptRoom(
      setup,
      { step: this.step, observation: this.observation, progress: this.progress },
      {
        lastAction: arrival === null ? null : { raw: arrival.commit.raw, executed: arrival.commit.executed },
        effect,
        recent: this.recent.render(),
        facts: this.facts,
        state: this.state,
        lastWritten: this.journal.lastWritten,
        history: this.history.messages(),
        twoModels: playsTwoModels(setup),
      },
    );
  }

  async retain(): Promise<void> {
    await applyRetention(this.setup, this.journal, {
      step: this.step,
      turn: this.observation.turn,
      features: this.observation.features,
      facts: this.facts,
      state: this.state,
    });
  }

  /** Executes the commit. After this the episode stands at the next step's observation. */
  async act(commit: Commit): Promise<void> {
    const { setup } = this;
    record(setup, {
      kind: "action",
      step: this.step,
      raw: commit.raw === null ? null : inlineText(commit.raw, maxRawAction),
      canonical: commit.canonical,
      rule: commit.rule,
      executed: commit.executed,
      source: commit.source,
      valid: commit.source !== "fallback",
    });
    this.journal.keyframe(this.step);
    const before = this.observation;
    this.history.add(before, commit.executed);
    const result = await setup.environment.step(commit.executed);
    this.observation = result.observation;
    this.progress = setup.environment.progress();
    this.arrival = {
      commit,
      before,
      reward: result.reward,
      terminated: result.terminated,
      truncated: result.truncated,
    };
    this.episodeReturn += result.reward;
    this.step += 1;
  }

  private recordObservation(): void {
    const { setup, observation, arrival, progress } = this;
    const { sink } = setup;
    const fresh = progress.milestones
      .filter((milestone) => milestone.reached && !this.reached.has(milestone.name))
      .map((milestone) => milestone.name);
    for (const name of fresh) this.reached.add(name);
    const frame = setup.environment.frame();
    record(setup, {
      kind: "obs",
      step: this.step,
      longTerm: sink.blob(observation.longTerm),
      shortTerm: sink.blob(observation.shortTerm),
      features: sink.blob(JSON.stringify(observation.features)),
      turn: observation.turn,
      reward: arrival?.reward ?? 0,
      terminated: arrival?.terminated ?? false,
      truncated: arrival?.truncated ?? false,
      progression: progress.progression,
      milestones: fresh,
      frame: this.frames.encode(frame),
    });
    setup.observer.scene?.(this.step, frame, progress);
  }

  private recordEffect(): Effect | null {
    if (this.arrival === null) return null;
    const { commit, before } = this.arrival;
    const judged = judgeEffect(this.setup, before, commit.executed, this.observation);
    this.recent.add({ step: this.step - 1, action: commit.executed, outcome: judged.effect.summary });
    record(this.setup, {
      kind: "effect",
      step: this.step,
      changed: judged.effect.changed,
      intended: judged.effect.intended,
      flags: [...judged.effect.flags],
      summary: judged.effect.summary,
      reversals: this.recent.reversals,
      oscillating: this.recent.oscillating,
      stuck: judged.effect.intended && !judged.effect.changed,
      sameText: judged.sameText,
    });
    return judged.effect;
  }

  private async runReducers(effect: Effect | null): Promise<void> {
    const { runner } = this.setup;
    const { features, turn } = this.observation;
    const { step } = this;
    if (runner.has("extract")) this.facts = await runner.call("extract", { step, turn, features });
    if (!runner.has("reduce")) return;
    const event = this.arrival === null || effect === null ? null : { action: this.arrival.commit.executed, effect };
    this.state = await runner.call("reduce", { step, turn, features, facts: this.facts, state: this.state, event });
    const due = step % stateKeyframeInterval === 0;
    record(this.setup, { kind: "state", step, hash: hashJson(this.state), ...(due ? { value: this.state } : {}) });
  }
}
