import type { Hash } from "@metamem/core";
import { type CrashLog, crashIn } from "../rollout/crash-log.ts";
import type { Crash } from "../rollout/engine.ts";
import type { PlannedEpisode } from "../rollout/plan.ts";
import type { RunFolder } from "../rollout/run-folder.ts";
import { claimed, clearAttempts, removeIfNone, takeLost, triedIds } from "./attempts.ts";

/**
 * What workers leave of their tries, for who holds the run's lock. Nobody sees a worker die: that it was inside a step is found in the record of its
 * try, and goes to `crashes.jsonl`. How it died is not known, so nobody is blamed there; a step that kills again and again is found by `fatalStep`.
 */
export class LeftTries {
  /** Called for each death that was found. */
  onCrash: (crash: Crash) => void = () => {};
  private readonly run: RunFolder;
  private readonly episodes: ReadonlyMap<Hash, PlannedEpisode>;
  private readonly log: CrashLog;

  constructor(run: RunFolder, episodes: readonly PlannedEpisode[], log: CrashLog) {
    this.run = run;
    this.episodes = new Map(episodes.map((episode) => [episode.id, episode]));
    this.log = log;
  }

  /** Records who died in the tries at an episode that is played on by another one. */
  follow(id: Hash): void {
    this.record(id, claimed(this.run, id).slice(0, -1));
  }

  /** Records who died in the tries at an episode that has its result, or that no worker shall play on, and forgets them. */
  clear(id: Hash): void {
    // Beyond a number that is missing, whose try became the episode's trace, somebody may still be about to notice.
    this.record(
      id,
      claimed(this.run, id).filter((number, at) => number === at + 1),
    );
    clearAttempts(this.run, id);
  }

  /** The same for all episodes that have results. Their common folder goes with the last of them. */
  tidy(): void {
    const settled = this.run.settledIds();
    for (const id of triedIds(this.run)) if (settled.has(id)) this.clear(id);
    removeIfNone(this.run);
  }

  private record(id: Hash, numbers: readonly number[]): void {
    const episode = this.episodes.get(id);
    if (episode === undefined) return;
    for (const number of numbers) {
      const lost = takeLost(this.run, id, number);
      if (lost === null) continue;
      const crash = crashIn(lost.flight, episode, null, `worker ${lost.worker} was lost`);
      this.log.add(crash, false);
      this.onCrash(crash);
    }
  }
}
