import { EnvironmentError, type JsonObject, type MetamemError, SetupError, UsageError } from "@metamem/core";
import { NativeHandle } from "../handle.ts";
import { nethackNative } from "./build.ts";
import type { NativeArray, NativeStatistics, NethackNative } from "./native.ts";
import { type GameConfig, gameConfig, parseOptions } from "./options.ts";
import { type RawArrays, type RawName, viewArrays, wantedSet } from "./raw-arrays.ts";

/** After the arrays (native/binding/nethack_session.h). */
const resultBytes = 24;

/**
 * One native game, owned. It is played either as the benchmark does (`reset`, `step`, texts) or key by key (`start`, `press`); its arrays and results
 * change with every call.
 */
export class NethackGame<Name extends RawName = RawName> {
  /** Views over `block`: what they hold changes with every call. */
  readonly raw: Pick<RawArrays, Name>;
  readonly block: ArrayBuffer;
  readonly layout: readonly NativeArray[];
  readonly #native: NethackNative;
  readonly #handle: NativeHandle;
  readonly #reward: Float64Array;
  readonly #flags: Int32Array;

  /** Opens a game with options of a task; what is not given is the benchmark's. Throws `UsageError` naming the first bad one. */
  static open<Name extends RawName>(options: JsonObject, wanted: readonly Name[]): NethackGame<Name> {
    return new NethackGame(gameConfig(parseOptions(options)), wanted);
  }

  /**
   * Opens a game that writes the named arrays. Asking for `screen_descriptions` changes what happens in it. Throws
   * `SetupError` when the game is not built or there is no memory for another one.
   */
  constructor(config: GameConfig, wanted: readonly Name[]) {
    const native = nethackNative();
    const { handle, block } = translated(() => native.open({ ...config, wanted: wantedSet(wanted) }));
    this.#native = native;
    this.#handle = new NativeHandle("NetHack game", handle, (number) => native.close(number));
    this.block = block;
    this.layout = native.arrays();
    this.raw = viewArrays(block, this.layout, wanted);
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
    const number = this.#handle.number;
    translated(() => this.#native.reset(number, core, display));
  }

  /** Plays an action by its index in the task's list. */
  step(action: number): void {
    const number = this.#handle.number;
    translated(() => this.#native.step(number, action));
  }

  longText(): string {
    return this.#native.longText(this.#handle.number);
  }

  shortText(): string {
    return this.#native.shortText(this.#handle.number);
  }

  statistics(): NativeStatistics {
    return this.#native.statistics(this.#handle.number);
  }

  /** Starts a game without the benchmark around it. */
  start(core: number | bigint, display: number | bigint, reseed = false): void {
    const number = this.#handle.number;
    translated(() => this.#native.start(number, core, display, reseed));
  }

  press(key: number): void {
    const number = this.#handle.number;
    translated(() => this.#native.press(number, key));
  }

  close(): void {
    this.#handle.close();
  }
}

/** Runs a native call; what the addon throws gets its place in the error tree. */
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
