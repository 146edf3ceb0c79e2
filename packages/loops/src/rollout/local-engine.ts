import type { RunGate } from "./call-gate.ts";
import type { RolloutEngine, RunListener } from "./engine.ts";
import { startOrder } from "./order.ts";
import type { PlannedEpisode } from "./plan.ts";
import { type PlayContext, playPlanned } from "./play-planned.ts";
import { progressObserver } from "./step-watch.ts";

/**
 * Plays in this process. Environments step here, everything else is waiting for models, so hundreds to thousands of episodes fit. As many are
 * open as calls may be under way; when that number falls, the open ones share what is left.
 */
export class LocalEngine implements RolloutEngine {
  readonly name = "local";
  private readonly context: Omit<PlayContext, "signal">;
  private readonly gate: RunGate;
  private readonly aborting = new AbortController();

  constructor(context: Omit<PlayContext, "signal">, gate: RunGate) {
    this.context = context;
    this.gate = gate;
  }

  async run(episodes: readonly PlannedEpisode[], listener: RunListener): Promise<void> {
    const queue = startOrder(episodes);
    let open = 0;
    const { promise: idle, resolve } = Promise.withResolvers<void>();
    const pump = (): void => {
      while (open < this.gate.level && this.gate.stopped === null && !this.aborting.signal.aborted) {
        const episode = queue.shift();
        if (episode === undefined) break;
        open += 1;
        void this.play(episode, listener).then(() => {
          open -= 1;
          pump();
        });
      }
      if (open === 0) resolve();
    };
    this.gate.onLevel = pump;
    pump();
    await idle;
  }

  abort(reason: unknown): void {
    this.aborting.abort(reason);
  }

  private async play(episode: PlannedEpisode, listener: RunListener): Promise<void> {
    listener.started?.(episode);
    const context = { ...this.context, signal: this.aborting.signal };
    const observer = progressObserver(episode.id, (progress) => listener.progressed?.(progress));
    listener.ended?.(episode, await playPlanned(episode, context, observer));
  }
}
