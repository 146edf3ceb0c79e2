import { EnvironmentError } from "../errors.ts";
import type { Awaitable, Environment, Observation, StepResult, WorldSeed } from "./environment.ts";

/** `new` until the first reset; `ended` takes everything but `step`. */
type Phase = "new" | "running" | "ended" | "closed";

/**
 * Gives a bare game the contract's manners: unlisted actions, steps before a reset or after the end, and any use of a closed instance are
 * `EnvironmentError`s that change nothing; closing twice is harmless. A family's `open` can return `guard(game)` and leave such checks out.
 */
export function guard(inner: Environment): Environment {
  return new GuardedEnvironment(inner);
}

class GuardedEnvironment implements Environment {
  readonly task: Environment["task"];
  readonly #inner: Environment;
  readonly #actions: ReadonlySet<string>;
  #phase: Phase = "new";

  constructor(inner: Environment) {
    this.task = inner.task;
    this.#inner = inner;
    this.#actions = new Set(inner.task.actions.map((action) => action.name));
  }

  reset(world: WorldSeed): Awaitable<Observation> {
    if (this.#phase === "closed") throw this.#fault("closed", "is closed: open a new one");
    return after(this.#inner.reset(world), () => {
      this.#phase = "running";
    });
  }

  step(action: string): Awaitable<StepResult> {
    this.#insistStarted();
    if (this.#phase === "ended") throw this.#fault("ended", "is over: reset it to play another episode");
    if (!this.#actions.has(action)) throw this.#fault("unlisted_action", `has no action '${action.slice(0, 60)}'`);
    return after(this.#inner.step(action), (result) => {
      if (result.terminated || result.truncated) this.#phase = "ended";
    });
  }

  progress() {
    this.#insistStarted();
    return this.#inner.progress();
  }

  frame() {
    this.#insistStarted();
    return this.#inner.frame();
  }

  close(): void {
    if (this.#phase === "closed") return;
    this.#phase = "closed";
    this.#inner.close();
  }

  #insistStarted(): void {
    if (this.#phase === "closed") throw this.#fault("closed", "is closed: open a new one");
    if (this.#phase === "new") throw this.#fault("not_reset", "must be reset before it is used");
  }

  #fault(code: string, what: string): EnvironmentError {
    return new EnvironmentError(code, `this ${this.task.family} environment ${what}`);
  }
}

/** Runs `then` on the value, at once or when its promise is kept, and passes the value on. */
function after<T>(value: Awaitable<T>, then: (value: T) => void): Awaitable<T> {
  if (value instanceof Promise) {
    return value.then((kept: T) => {
      then(kept);
      return kept;
    });
  }
  then(value);
  return value;
}
