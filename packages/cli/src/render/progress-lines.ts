import { LiveState } from "./live-state.ts";
import type { EpisodeView } from "./live-view.ts";
import { percent, short } from "./numbers.ts";
import type { Terminal } from "./screen.ts";

/** Seconds between lines: often enough to see life, sparse enough for a log file. */
const interval = 5;

/** For logs and pipes: a line now and then instead of a picture. */
export function openProgressLines(maxSteps: number, output: Terminal): EpisodeView {
  const state = new LiveState();
  const timer = setInterval(() => output.write(`${progressLine(state, maxSteps)}\n`), 1000 * interval);
  return { observer: state, close: () => clearInterval(timer) };
}

export function progressLine(state: LiveState, maxSteps: number): string {
  const { step, progress, milestones, calls, promptTokens, rate, replaying } = state;
  const speed = rate === null ? (replaying ? "replaying" : "") : `${rate.toFixed(1)} steps/s`;
  const total = progress?.milestones.length ?? 0;
  return [
    `step ${step}/${maxSteps}`,
    percent(progress?.progression ?? 0),
    `${milestones.length}/${total} milestones`,
    `${calls} calls`,
    `${short(promptTokens)} tokens in`,
    speed,
  ]
    .filter((text) => text !== "")
    .join("  ");
}
