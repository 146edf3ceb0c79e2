import type { Hash } from "@metamem/core";
import { type Averages, shippedAverages } from "./averages.ts";
import type { Budget, CallUse } from "./budget.ts";
import type { RunGate } from "./call-gate.ts";
import type { Crash, RunListener } from "./engine.ts";
import type { EpisodeState, MonitoredEpisode } from "./monitored-episode.ts";
import type { PlannedEpisode } from "./plan.ts";
import type { OpenReason, PlayOutcome } from "./run-result.ts";
import type { Settled } from "./settled.ts";
import type { EpisodeProgress } from "./step-watch.ts";
import { stepsLeft } from "./steps-left.ts";

/** Seconds over which the rates are averaged. */
const rateWindow = 10;

/** The state of a run, kept up to date by what engines tell. */
export class RunMonitor implements RunListener {
  readonly episodes = new Map<Hash, MonitoredEpisode>();
  /** Why episodes ended without a result in this session. */
  readonly open = new Map<Hash, OpenReason>();
  readonly crashes: Crash[] = [];
  /** Of this session. */
  readonly session = { calls: 0, prompt: 0, cached: 0, output: 0, knownCached: 0 };
  readonly startedAt = performance.now();
  private readonly gate: RunGate;
  private readonly samples = [{ at: this.startedAt, calls: 0, tokens: 0 }];
  private readonly typical: Averages["families"];
  private stepsSeen = 0;
  private onOutcome: (episode: PlannedEpisode, outcome: PlayOutcome) => void = () => {};

  constructor(planned: readonly PlannedEpisode[], rows: ReadonlyMap<Hash, Settled>, gate: RunGate) {
    this.gate = gate;
    const [first] = planned;
    this.typical = first === undefined ? {} : shippedAverages(first.resolved.bundle.manifest).families;
    for (const episode of planned) {
      const row = rows.get(episode.id);
      const steps = row?.steps ?? 0;
      const [state, progression] = row === undefined ? (["waiting", 0] as const) : [row.status, row.progression];
      this.episodes.set(episode.id, { planned: episode, state, steps, progression });
    }
  }

  get budget(): Budget {
    return this.gate.budget;
  }

  get level(): number {
    return this.gate.level;
  }

  get underWay(): number {
    return this.gate.underWay;
  }

  get failures(): number {
    return this.gate.failures;
  }

  get seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }

  /** Told of each outcome, after it is counted. */
  watch(onOutcome: (episode: PlannedEpisode, outcome: PlayOutcome) => void): void {
    this.onOutcome = onOutcome;
  }

  count(state: EpisodeState): number {
    let total = 0;
    for (const episode of this.episodes.values()) if (episode.state === state) total += 1;
    return total;
  }

  started({ id }: PlannedEpisode): void {
    this.update(id, (episode) => {
      episode.state = "playing";
    });
  }

  progressed({ id, steps, progression, replayed }: EpisodeProgress): void {
    this.update(id, (episode) => {
      if (!replayed) this.stepsSeen += Math.max(0, steps - episode.steps);
      episode.steps = steps;
      episode.progression = progression;
    });
  }

  ended(planned: PlannedEpisode, outcome: PlayOutcome): void {
    this.update(planned.id, (episode) => {
      if (outcome.kind === "open") {
        episode.state = outcome.status;
        this.open.set(planned.id, outcome.reason);
        return;
      }
      episode.state = outcome.row.status;
      episode.steps = outcome.row.result?.steps ?? episode.steps;
      episode.progression = outcome.row.progression;
    });
    this.onOutcome(planned, outcome);
  }

  call({ prompt, cached, output }: CallUse): void {
    this.session.calls += 1;
    this.session.prompt += prompt;
    this.session.output += output;
    if (cached === null) return;
    this.session.cached += cached;
    this.session.knownCached += prompt;
  }

  crashed(crash: Crash): void {
    this.crashes.push(crash);
  }

  /** Share of prompt tokens that came from the prefix cache; null when no server said. */
  get cacheHitRate(): number | null {
    const { cached, knownCached } = this.session;
    return knownCached === 0 ? null : cached / knownCached;
  }

  /** Calls and tokens per second over the last seconds. Each asking is a sample: ask it once a second or so. */
  pace(): { readonly calls: number; readonly tokens: number } {
    const { calls, prompt, output } = this.session;
    const now = { at: performance.now(), calls, tokens: prompt + output };
    this.samples.push(now);
    while (this.samples.length > 2 && now.at - (this.samples[0]?.at ?? 0) > 1000 * rateWindow) this.samples.shift();
    const first = this.samples[0] ?? now;
    const seconds = Math.max(0.001, (now.at - first.at) / 1000);
    return { calls: (now.calls - first.calls) / seconds, tokens: (now.tokens - first.tokens) / seconds };
  }

  /** Seconds that are probably left if the steps of this session go on like this; null while nobody knows. */
  get secondsLeft(): number | null {
    return this.stepsSeen === 0 ? null : (this.stepsLeft * this.seconds) / this.stepsSeen;
  }

  /** Share of the run's steps that are played, by the same expectation. */
  get playedShare(): number {
    let played = 0;
    for (const { steps } of this.episodes.values()) played += steps;
    const left = this.stepsLeft;
    return left === 0 ? 1 : played / (played + left);
  }

  private get stepsLeft(): number {
    return stepsLeft(this.episodes.values(), this.typical);
  }

  private update(id: Hash, change: (episode: MonitoredEpisode) => void): void {
    const episode = this.episodes.get(id);
    if (episode !== undefined) change(episode);
  }
}
