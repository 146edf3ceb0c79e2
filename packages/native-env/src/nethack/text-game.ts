import { EnvironmentError, type MetamemError, SetupError, UsageError } from "@metamem/core";
import { NativeHandle } from "../handle.ts";
import { nethackNative } from "./build.ts";
import type { NativeArray, NethackNative, OpenedGame } from "./native.ts";
import { type RawArrays, type RawName, viewArrays } from "./raw-arrays.ts";

/** After the arrays (native/binding/nethack_session.h). */
const resultBytes = 24;

/** One native game with an episode of the benchmark on it, owned. Its arrays and results change with every call. */
export class TextGame<Name extends RawName = RawName> {
  /** Views over `block`: what they hold changes with every call. */
  readonly raw: Pick<RawArrays, Name>;
  readonly block: ArrayBuffer;
  readonly layout: readonly NativeArray[];
  protected readonly native: NethackNative;
  readonly #handle: NativeHandle;
  readonly #reward: Float64Array;
  readonly #flags: Int32Array;

  /**
   * `open` opens a native game that writes at least the named arrays. Throws `SetupError` when the game is not built or there is no memory for another
   * one.
   */
  constructor(open: (native: NethackNative) => OpenedGame, names: readonly Name[]) {
    const native = nethackNative();
    const { handle, block } = translated(() => open(native));
    this.native = native;
    this.#handle = new NativeHandle("NetHack game", handle, (number) => native.close(number));
    this.block = block;
    this.layout = native.arrays();
    this.raw = viewArrays(block, this.layout, names);
    const results = block.byteLength - resultBytes;
    this.#reward = new Float64Array(block, results, 1);
    this.#flags = new Int32Array(block, results + 8, 4);
  }

  get reward(): number {
    return this.#reward[0] ?? 0;
  }
  get terminated(): boolean {
    return this.#flags[0] === 1;
  }
  get truncated(): boolean {
    return this.#flags[1] === 1;
  }
  /** The game itself has ended, by its own rules or by a quit. */
  get over(): boolean {
    return this.#flags[2] === 1;
  }
  /** Code of the end (0 died … 15 ascended), -1 before. */
  get howDone(): number {
    return this.#flags[3] ?? -1;
  }

  /** Starts an episode of the benchmark. */
  reset(core: number | bigint, display: number | bigint): void {
    this.call((number) => this.native.reset(number, core, display));
  }

  /** Plays an action by its index in the task's list. */
  step(action: number): void {
    this.call((number) => this.native.step(number, action));
  }

  longText(): string {
    return this.native.longText(this.number);
  }

  shortText(): string {
    return this.native.shortText(this.number);
  }

  close(): void {
    this.#handle.close();
  }

  /** The addon's number of this game. */
  protected get number(): number {
    return this.#handle.number;
  }

  /** Runs a native call on this game; what the addon throws gets its place in the error tree. */
  protected call<T>(native: (number: number) => T): T {
    const number = this.#handle.number;
    return translated(() => native(number));
  }
}

function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw cause instanceof Error ? translate(cause) : cause;
  }
}

/** By the names of native/nethack/host/error.cc. */
function translate(cause: Error & { readonly code?: unknown }): MetamemError | Error {
  const message = `NetHack: ${cause.message}`;
  switch (cause.code) {
    case "library":
    case "data-file":
      return new SetupError("nethack_broken", message, { cause });
    case "memory":
      return new SetupError("memory", message, { cause });
    case "level":
      return new UsageError("bad_level", `${message}; correct the level`, { cause });
    case "ERR_BAD_ARGUMENT":
      return new UsageError("bad_option", message, { cause });
    case "over":
      return new EnvironmentError("ended", message, { cause });
    case "ended-at-start":
    case "game-fault":
    case "usage":
    case "closed":
      return new EnvironmentError(cause.code.replaceAll("-", "_"), message, { cause });
    default:
      return cause;
  }
}
