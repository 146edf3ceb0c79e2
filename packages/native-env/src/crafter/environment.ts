import {
  type Environment,
  EnvironmentError,
  type Features,
  type Frame,
  type Observation,
  type Progress,
  type Snapshot,
  type StepResult,
  type TaskSpec,
  UsageError,
  type WorldSeed,
} from "@metamem/core";
import { z } from "zod";
import { actionIndex } from "./actions.ts";
import type { ViewBytes } from "./block.ts";
import { featuresOf } from "./features.ts";
import { CrafterGame } from "./game.ts";
import { defaultTextOptions, nativeConfig, nativeTextOptions, parseOptions } from "./options.ts";
import { type Picture, pictureOf } from "./picture.ts";
import { achievementNames } from "./tables.ts";
import { frameOf } from "./view.ts";

/** `new` until the first reset; nothing but `reset`, `restore` and `close` works then. `ended` takes everything but `step`. */
type Phase = "new" | "running" | "ended" | "closed";

/** What a world may carry besides its seed: which of the seed's episodes to play (1, the benchmark's, by default). */
const extraSchema = z.strictObject({ episode: z.int().min(1).default(1) });

/** Crafter behind the environment contract, by default in the call pattern of the benchmark's wrapper (spec crafter §11.2). */
export class CrafterEnvironment implements Environment {
  readonly task: TaskSpec;
  readonly #game: CrafterGame;
  readonly #hasText: boolean;
  readonly #viewWidth: number;
  #phase: Phase = "new";

  /** Throws `UsageError` when the task's options are not valid. */
  constructor(task: TaskSpec) {
    const options = parseOptions(task.options);
    const text = options.text === false ? defaultTextOptions : options.text;
    this.task = task;
    this.#game = new CrafterGame(nativeConfig(options), nativeTextOptions(text));
    this.#hasText = options.text !== false;
    this.#viewWidth = options.view[0];
  }

  /** Throws `UsageError` for a seed that is no safe integer or an `extra` that is not `{ episode }`. */
  reset(world: WorldSeed): Observation {
    if (!Number.isSafeInteger(world.seed)) {
      throw new UsageError("bad_seed", `Crafter seed ${world.seed} is not a whole number between -2^53 and 2^53`);
    }
    const extra = extraSchema.safeParse(world.extra ?? {});
    if (!extra.success) throw new UsageError("bad_seed", "Crafter worlds take only `extra.episode`, counted from 1");
    this.#game.reset(world.seed, extra.data.episode);
    return this.#observe();
  }

  step(action: string): StepResult {
    this.#insistRunning();
    const index = actionIndex.get(action);
    if (index === undefined)
      throw new EnvironmentError("unlisted_action", `Crafter has no action '${action.slice(0, 60)}'`);
    this.#game.step(index);
    const observation = this.#observe();
    const { reward, done, dead } = this.#game.results;
    return { observation, reward, terminated: done && dead, truncated: done && !dead };
  }

  progress(): Progress {
    this.#insistStarted();
    const { unlocked, done, dead } = this.#game.results;
    const milestones = achievementNames.map((name, index) => ({ name, reached: ((unlocked >> index) & 1) === 1 }));
    const score = milestones.filter(({ reached }) => reached).length;
    const counts = this.#game.achievementCounts();
    return {
      progression: score / achievementNames.length,
      milestones,
      endReason: done ? (dead ? "died" : "length") : null,
      details: { score, achievements: Object.fromEntries(achievementNames.map((name, i) => [name, counts[i] ?? 0])) },
    };
  }

  frame(): Frame {
    this.#insistStarted();
    return frameOf(this.#game.results.copyView(), this.#viewWidth);
  }

  /** The latest frame in pixels, as the benchmark's wrapper returns it; `textures` default to the project's sprites. */
  picture(textures?: Uint8Array): Picture {
    this.#insistStarted();
    return pictureOf(this.#game, textures);
  }

  snapshot(): Snapshot {
    this.#insistStarted();
    return this.#game.snapshot();
  }

  restore(snapshot: Snapshot): Observation {
    this.#game.restore(snapshot);
    return this.#observe();
  }

  close(): void {
    this.#phase = "closed";
    this.#game.close();
  }

  #observe(): Observation {
    const { results } = this.#game;
    this.#phase = results.done ? "ended" : "running";
    const longTerm = this.#hasText ? this.#game.longText() : "";
    const shortTerm = this.#hasText ? this.#game.shortText() : "";
    return observation(longTerm, shortTerm, results.copyView(), this.#viewWidth, results.step);
  }

  #insistStarted(): void {
    if (this.#phase === "closed") {
      throw new EnvironmentError("closed", "this Crafter environment is closed; open a new one");
    }
    if (this.#phase === "new")
      throw new EnvironmentError("not_reset", "reset this Crafter environment before using it");
  }

  #insistRunning(): void {
    this.#insistStarted();
    if (this.#phase === "ended") {
      throw new EnvironmentError("ended", "this Crafter episode is over; reset the environment to play another");
    }
  }
}

/** The features are decoded when somebody looks: most of a search's or a benchmark's steps are never looked at. */
function observation(
  longTerm: string,
  shortTerm: string,
  view: ViewBytes,
  viewWidth: number,
  turn: number,
): Observation {
  let features: Features | undefined;
  return {
    longTerm,
    shortTerm,
    get features(): Features {
      features ??= featuresOf(view, viewWidth);
      return features;
    },
    turn,
  };
}
