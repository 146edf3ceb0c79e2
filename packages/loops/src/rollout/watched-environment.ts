import {
  type Awaitable,
  type Environment,
  EnvironmentError,
  type EnvironmentFamily,
  type Hash,
  type Observation,
  type StepResult,
  type TaskSpec,
  type WorldSeed,
} from "@metamem/core";
import type { FlightRecorder } from "./flight-record.ts";

export interface Watch {
  readonly id: Hash;
  readonly flight: FlightRecorder | null;
  /** Deadline of one reset or step of an environment that answers with a promise. */
  readonly stepSeconds: number;
}

/** The same family, whose environments say where they are and do not keep anybody waiting for ever. */
export function watchedFamily(family: EnvironmentFamily, watch: Watch): EnvironmentFamily {
  const open = async (task: TaskSpec): Promise<Environment> => new WatchedEnvironment(await family.open(task), watch);
  // Not a copy: a family may be an object of a class.
  return Object.create(family, { open: { value: open } }) as EnvironmentFamily;
}

class WatchedEnvironment implements Environment {
  readonly task: TaskSpec;
  private readonly inner: Environment;
  private readonly watch: Watch;
  private steps = 0;

  constructor(inner: Environment, watch: Watch) {
    this.task = inner.task;
    this.inner = inner;
    this.watch = watch;
  }

  reset(world: WorldSeed): Awaitable<Observation> {
    this.steps = 0;
    return this.run(null, () => this.inner.reset(world));
  }

  step(action: string): Awaitable<StepResult> {
    const result = this.run(action, () => this.inner.step(action));
    this.steps += 1;
    return result;
  }

  progress() {
    return this.inner.progress();
  }

  frame() {
    return this.inner.frame();
  }

  close(): void {
    this.inner.close();
  }

  private run<T>(action: string | null, body: () => Awaitable<T>): Awaitable<T> {
    const { id, flight } = this.watch;
    flight?.enter(id, this.steps, action);
    try {
      const answer = body();
      return answer instanceof Promise ? this.inTime(action, answer) : answer;
    } finally {
      flight?.leave();
    }
  }

  private async inTime<T>(action: string | null, answer: Promise<T>): Promise<T> {
    const { stepSeconds } = this.watch;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const what = action === null ? "reset" : `step ${this.steps - 1} (${action.slice(0, 60)})`;
        const message = `${this.task.family} ${this.task.id}: ${what} was not over after ${stepSeconds} s; resume to try again, or raise limits.stepSeconds`;
        reject(new EnvironmentError("step_deadline", message));
      }, 1000 * stepSeconds);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
