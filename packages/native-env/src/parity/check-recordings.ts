import type { ParityDivergence, ParityOptions, ParityReport } from "@metamem/core";
import { type Comparison, Unchecked } from "./comparison.ts";

/** The first value in which a recording and this game part. */
export interface Difference extends Comparison {
  /** Actions played before it; 0 is the start. */
  readonly step: number;
}

/** A recording that can be played again. */
export interface Recorded {
  /** Names the episode in reports. */
  readonly title: string;
  readonly seed: bigint;
  /** As a person knows them. */
  readonly actions: readonly string[];
  /** Plays it and compares everything it holds, up to the first difference. */
  play(unchecked: Unchecked): Difference | undefined;
}

const recentActions = 10;

/** Plays recordings one after the other and stops at the first difference. */
export async function checkRecordings(
  recordings: readonly Recorded[],
  { onProgress }: Pick<ParityOptions, "onProgress">,
): Promise<ParityReport> {
  const total = recordings.reduce((sum, { actions }) => sum + actions.length, 0);
  const unchecked = new Unchecked();
  let steps = 0;
  for (const [index, recorded] of recordings.entries()) {
    const difference = recorded.play(unchecked);
    if (difference !== undefined) {
      const agreed = steps + Math.max(0, difference.step - 1);
      const divergences = [divergence(recorded, difference)];
      return { steps: agreed, episodes: index + 1, divergences, unchecked: unchecked.toRecord() };
    }
    steps += recorded.actions.length;
    onProgress?.(steps, total);
    // Lets the caller draw its progress.
    await Bun.sleep(0);
  }
  return { steps, episodes: recordings.length, divergences: [], unchecked: unchecked.toRecord() };
}

function divergence({ title, seed, actions }: Recorded, { step, ...difference }: Difference): ParityDivergence {
  const played = actions.slice(0, step);
  const action = played.at(-1) ?? null;
  return {
    episode: title,
    seed: Number(seed),
    step,
    action,
    ...difference,
    recentActions: played.slice(-recentActions),
  };
}
