import {
  type Environment,
  EnvironmentError,
  type Features,
  type Frame,
  type Observation,
  type Progress,
  type StepResult,
  type TaskSpec,
  type WorldSeed,
} from "@metamem/core";
import { actionIndex } from "./actions.ts";
import { type Facts, FactsReader } from "./facts.ts";
import { featuresOf, messageIn } from "./features.ts";
import { NethackGame } from "./game.ts";
import { gameConfig, type NethackOptions, parseOptions, type WorldFacts, worldFacts } from "./options.ts";
import { milestones } from "./progression.ts";
import { textNames } from "./raw-arrays.ts";
import { frameOf } from "./view.ts";

/** `new` until the first reset; nothing but `reset` and `close` works then. `ended` takes everything but `step`. */
type Phase = "new" | "running" | "ended" | "closed";

/** What texts, features and pictures are made of. The rest of the raw arrays is not even filled in. */
const wanted = [...textNames, "message", "tty_colors"] as const;
type Game = NethackGame<(typeof wanted)[number]>;

/** NetHack behind the environment contract, as the benchmark's wrappers play it (spec balrog-text §1, nethack §5.3). */
export class NethackEnvironment implements Environment {
  readonly task: TaskSpec;
  readonly #options: NethackOptions;
  #game: Game;
  #clock: number;
  #facts: FactsReader;
  #phase: Phase = "new";

  /** Throws `UsageError` when the task's options are not valid, `SetupError` when the game is not built. */
  constructor(task: TaskSpec) {
    this.task = task;
    this.#options = parseOptions(task.options);
    this.#clock = this.#options.clock;
    this.#game = this.#open(this.#clock);
    this.#facts = new FactsReader(this.#game.block, this.#game.layout);
  }

  /** Throws `UsageError` for a seed or an `extra` that no game can have, `EnvironmentError` when the game ends by itself at once. */
  reset(world: WorldSeed): Observation {
    const facts = worldFacts(world, this.#options);
    if (this.#phase === "closed") throw closed();
    this.#phase = "new";
    this.#setClock(facts);
    this.#game.reset(facts.core, facts.displaySeed);
    this.#phase = "running";
    return this.#observe();
  }

  step(action: string): StepResult {
    this.#insistStarted();
    if (this.#phase === "ended") {
      throw new EnvironmentError("ended", "this NetHack episode is over; reset the environment to play another");
    }
    const index = actionIndex.get(action);
    if (index === undefined)
      throw new EnvironmentError("unlisted_action", `NetHack has no action '${action.slice(0, 60)}'`);
    this.#game.step(index);
    const { reward, terminated, truncated } = this.#game;
    if (terminated || truncated) this.#phase = "ended";
    return { observation: this.#observe(), reward, terminated, truncated };
  }

  progress(): Progress {
    this.#insistStarted();
    const { progression, endReason, ...record } = this.#game.statistics();
    return {
      progression,
      milestones: milestones(record.depths, record.experienceLevels),
      endReason: endReason === "" ? null : endReason,
      details: {
        ...record,
        highestAchievement: record.highestAchievement === "" ? null : record.highestAchievement,
      },
    };
  }

  frame(): Frame {
    this.#insistStarted();
    const facts = this.#facts.copy();
    return frameOf(this.#game.raw, [
      { label: "HP", value: facts.status("hp"), max: facts.status("maxHp") },
      { label: "Pw", value: facts.status("energy"), max: facts.status("maxEnergy") },
      { label: "depth", value: facts.status("depth") },
      { label: "level", value: facts.status("experienceLevel") },
    ]);
  }

  close(): void {
    this.#phase = "closed";
    this.#game.close();
  }

  #open(clock: number): Game {
    return new NethackGame(gameConfig({ ...this.#options, clock }), wanted);
  }

  /** A game keeps its clock for life: another time takes another game. */
  #setClock({ clock }: WorldFacts): void {
    if (clock === this.#clock) return;
    const game = this.#open(clock);
    this.#game.close();
    this.#game = game;
    this.#clock = clock;
    this.#facts = new FactsReader(this.#game.block, this.#game.layout);
  }

  #observe(): Observation {
    const { text } = this.#options;
    const longTerm = text ? this.#game.longText() : "";
    const shortTerm = text ? this.#game.shortText() : "";
    return observation(longTerm, shortTerm, this.#facts.copy(), this.#facts.turn);
  }

  #insistStarted(): void {
    if (this.#phase === "closed") throw closed();
    if (this.#phase === "new")
      throw new EnvironmentError("not_reset", "reset this NetHack environment before using it");
  }
}

function closed(): EnvironmentError {
  return new EnvironmentError("closed", "this NetHack environment is closed; open a new one");
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
