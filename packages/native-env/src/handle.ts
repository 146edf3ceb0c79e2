import { EnvironmentError } from "@metamem/core";

/**
 * A native instance with one owner: open until `close()`, never closed by a finalizer. The number is what the addon's
 * functions take as their first argument.
 */
export class NativeHandle {
  readonly #kind: string;
  readonly #release: (number: number) => void;
  #number: number | null;

  /** `kind` names the instance in errors; `release` ends it in the addon. */
  constructor(kind: string, number: number, release: (number: number) => void) {
    this.#kind = kind;
    this.#number = number;
    this.#release = release;
  }

  /** The addon's number. Throws `EnvironmentError` `environment.closed` after `close()`. */
  get number(): number {
    if (this.#number === null) throw new EnvironmentError("closed", `this ${this.#kind} is closed; open a new one`);
    return this.#number;
  }

  /** Ends the instance; a second call does nothing. */
  close(): void {
    if (this.#number === null) return;
    const number = this.#number;
    this.#number = null;
    this.#release(number);
  }
}
