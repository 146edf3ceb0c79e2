import type { Effect, Environment, EnvironmentFamily, Frame, Observation, Progress, TaskSpec } from "@metamem/core";
import type { Scene } from "../render/compose-view.ts";

/** A game that a person plays, step by step, and what there is to show of it. */
export class PlayState implements Scene {
  readonly family: EnvironmentFamily;
  readonly environment: Environment;
  readonly seed: number;
  step = 0;
  observation: Observation;
  frame: Frame;
  progress: Progress;
  readonly milestones: string[] = [];
  /** The action played last and what it did; null before the first. */
  last: { readonly action: string; readonly effect: Effect } | null = null;
  over = false;

  /** Starts the game. */
  static async begin(family: EnvironmentFamily, environment: Environment, seed: number): Promise<PlayState> {
    return new PlayState(family, environment, seed, await environment.reset({ seed }));
  }

  private constructor(family: EnvironmentFamily, environment: Environment, seed: number, first: Observation) {
    this.family = family;
    this.environment = environment;
    this.seed = seed;
    this.observation = first;
    this.frame = environment.frame();
    this.progress = environment.progress();
  }

  get task(): TaskSpec {
    return this.environment.task;
  }

  async play(action: string): Promise<void> {
    const { observation, terminated, truncated } = await this.environment.step(action);
    this.last = { action, effect: this.family.effect(this.observation, action, observation) };
    this.observation = observation;
    this.step += 1;
    this.frame = this.environment.frame();
    const progress = this.environment.progress();
    this.milestones.unshift(...newlyReached(this.progress, progress));
    this.progress = progress;
    this.over = terminated || truncated || this.step >= this.task.maxSteps;
  }
}

function newlyReached(before: Progress, after: Progress): string[] {
  const known = new Set(before.milestones.flatMap(({ name, reached }) => (reached ? [name] : [])));
  return after.milestones.flatMap(({ name, reached }) => (reached && !known.has(name) ? [name] : []));
}
