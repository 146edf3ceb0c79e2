import {
  type Environment,
  EnvironmentError,
  type Features,
  type Frame,
  type Gauge,
  type Observation,
  type Progress,
  type StepResult,
  type TaskSpec,
  type WorldSeed,
} from "@metamem/core";
import { type Facts, FactsReader } from "./facts.ts";
import { featuresOf, messageIn } from "./features.ts";
import { type WorldFacts, type WorldOptions, worldFacts } from "./options.ts";
import { textNames } from "./raw-arrays.ts";
import type { TextGame } from "./text-game.ts";
import { frameOf } from "./view.ts";

/** What texts, features and pictures are made of. The rest of the raw arrays is not even filled in. */
export const environmentArrays = [...textNames, "message", "tty_colors"] as const;
export type EnvironmentGame = TextGame<(typeof environmentArrays)[number]>;

/** What sets one kind of task on this game apart from another. */
export interface Play<Game extends EnvironmentGame> {
  /** Names the game in errors. */
  readonly title: string;
  readonly options: WorldOptions & { readonly text: boolean };
  /** The addon's number for each action of the task. */
  readonly actionIndex: ReadonlyMap<string, number>;
  /** A game keeps its clock for life. */
  open(clock: number): Game;
  /** Readies the game for the episode that a reset is about to begin. */
  prepare?(game: Game, world: WorldFacts): void;
  progress(game: Game): Progress;
  /** What to show besides health and energy. */
  gauges(facts: Facts): readonly Gauge[];
}

/** `new` until the first reset; nothing but `reset` and `close` works then. `ended` takes everything but `step`. */
type Phase = "new" | "running" | "ended" | "closed";

/** A task on this game behind the environment contract, as the benchmark's wrappers play it (spec balrog-text §1). */
export class TextEnvironment<Game extends EnvironmentGame> implements Environment {
  readonly task: TaskSpec;
  readonly #play: Play<Game>;
  #game: Game;
  #clock: number;
  #facts: FactsReader;
  #phase: Phase = "new";

  /** Throws `SetupError` when the game is not built. */
  constructor(task: TaskSpec, play: Play<Game>) {
    this.task = task;
    this.#play = play;
    this.#clock = play.options.clock;
    this.#game = play.open(this.#clock);
    this.#facts = new FactsReader(this.#game.block, this.#game.layout);
  }

  /** Throws `UsageError` for a seed or an `extra` that no game can have, `EnvironmentError` when the game ends by itself at once. */
  reset(world: WorldSeed): Observation {
    const facts = worldFacts(world, this.#play.options);
    if (this.#phase === "closed") throw this.#fault("closed", "is closed; open a new one");
    this.#phase = "new";
    this.#setClock(facts);
    this.#play.prepare?.(this.#game, facts);
    this.#game.reset(facts.core, facts.displaySeed);
    this.#phase = "running";
    return this.#observe();
  }

  step(action: string): StepResult {
    this.#insistStarted();
    if (this.#phase === "ended") throw this.#fault("ended", "is over; reset it to play another episode");
    const index = this.#play.actionIndex.get(action);
    if (index === undefined) throw this.#fault("unlisted_action", `has no action '${action.slice(0, 60)}'`);
    this.#game.step(index);
    const { reward, terminated, truncated } = this.#game;
    if (terminated || truncated) this.#phase = "ended";
    return { observation: this.#observe(), reward, terminated, truncated };
  }

  progress(): Progress {
    this.#insistStarted();
    return this.#play.progress(this.#game);
  }

  frame(): Frame {
    this.#insistStarted();
    const facts = this.#facts.copy();
    return frameOf(this.#game.raw, [
      { label: "HP", value: facts.status("hp"), max: facts.status("maxHp") },
      { label: "Pw", value: facts.status("energy"), max: facts.status("maxEnergy") },
      ...this.#play.gauges(facts),
    ]);
  }

  close(): void {
    this.#phase = "closed";
    this.#game.close();
  }

  /** Another time takes another game. */
  #setClock({ clock }: WorldFacts): void {
    if (clock === this.#clock) return;
    const game = this.#play.open(clock);
    this.#game.close();
    this.#game = game;
    this.#clock = clock;
    this.#facts = new FactsReader(this.#game.block, this.#game.layout);
  }

  #observe(): Observation {
    const { text } = this.#play.options;
    const longTerm = text ? this.#game.longText() : "";
    const shortTerm = text ? this.#game.shortText() : "";
    return observation(longTerm, shortTerm, this.#facts.copy(), this.#facts.turn);
  }

  #insistStarted(): void {
    if (this.#phase === "closed") throw this.#fault("closed", "is closed; open a new one");
    if (this.#phase === "new") throw this.#fault("not_reset", "must be reset before it is used");
  }

  #fault(code: string, what: string): EnvironmentError {
    return new EnvironmentError(code, `this ${this.#play.title} environment ${what}`);
  }
}

/** The features are decoded when somebody looks: most of a search's or a benchmark's steps are never looked at. */
function observation(longTerm: string, shortTerm: string, facts: Facts, turn: number): Observation {
  let features: Features | undefined;
  return {
    longTerm,
    shortTerm,
    get features(): Features {
      features ??= featuresOf(facts, longTerm === "" ? facts.message : messageIn(longTerm));
      return features;
    },
    turn,
  };
}
