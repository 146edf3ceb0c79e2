import { EnvironmentError, type MetamemError, UsageError } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import { NativeHandle } from "../handle.ts";
import { ResultBlock } from "./block.ts";
import type { CrafterNative, NativeConfig, NativeDetails, NativeTextOptions } from "./native.ts";
import { achievementNames } from "./tables.ts";

/**
 * One native game, owned: the addon's functions bound to a handle. It plays exactly what it is told; the rules of the
 * environment contract (no step after the end, names instead of numbers) are environment.ts's.
 */
export class CrafterGame {
  readonly config: NativeConfig;
  readonly results: ResultBlock;
  readonly #native: CrafterNative;
  readonly #handle: NativeHandle;

  /** Throws `UsageError` when the reference would refuse the configuration. */
  constructor(config: NativeConfig, text: NativeTextOptions) {
    const native = nativeBinding().crafter;
    const { handle, block } = translated(
      () => native.open(config, text),
      (cause) => new UsageError("bad_option", `Crafter: ${cause.message}`, { cause }),
    );
    this.config = config;
    this.#native = native;
    this.#handle = new NativeHandle("Crafter game", handle, (number) => native.close(number));
    this.results = new ResultBlock(block);
  }

  /** Starts an episode (1 is the first) of a seed of any size. */
  reset(seed: number | bigint, episode: number): void {
    this.#native.reset(this.#handle.number, reducedSeed(seed), episode);
  }

  step(action: number): void {
    this.#native.step(this.#handle.number, action);
  }

  longText(): string {
    return this.#native.longText(this.#handle.number);
  }

  shortText(): string {
    return this.#native.shortText(this.#handle.number);
  }

  longTextWith(text: NativeTextOptions): string {
    return this.#native.longTextWith(this.#handle.number, text);
  }

  /** The latest frame, rows from top to bottom, three bytes per pixel. `textures` is a packed block (textures.ts). */
  picture(textures: Uint8Array): Uint8Array {
    return this.#native.picture(this.#handle.number, textures);
  }

  materials(): Uint8Array {
    return this.#native.materials(this.#handle.number);
  }

  semantic(): Uint8Array {
    return this.#native.semantic(this.#handle.number);
  }

  semanticCrc(): number {
    return this.#native.semanticCrc(this.#handle.number);
  }

  rngCrc(): number {
    return this.#native.rngCrc(this.#handle.number);
  }

  /** How often each achievement was earned, in the order of `achievementNames`. */
  achievementCounts(): Int32Array {
    const counts = new Int32Array(achievementNames.length);
    this.#native.achievements(this.#handle.number, counts);
    return counts;
  }

  details(): NativeDetails {
    return this.#native.details(this.#handle.number);
  }

  snapshot(): Uint8Array {
    return this.#native.snapshot(this.#handle.number);
  }

  /** Throws `EnvironmentError` `environment.bad_snapshot`, with nothing changed, when the bytes are not such a snapshot. */
  restore(bytes: Uint8Array): void {
    const number = this.#handle.number;
    translated(
      () => this.#native.restore(number, bytes),
      (cause) =>
        new EnvironmentError("bad_snapshot", `the Crafter snapshot cannot be restored: ${cause.message}`, { cause }),
    );
  }

  close(): void {
    this.#handle.close();
  }
}

/** Python's hash of an integer repeats with this period, and seeds are only ever hashed (spec crafter §2.1). */
const hashModulus = 2n ** 61n - 1n;

function reducedSeed(seed: number | bigint): number | bigint {
  return typeof seed === "number" ? seed : seed % hashModulus;
}

/** Runs a native call; what the addon throws gets its place in the error tree. */
function translated<T>(call: () => T, translate: (cause: Error) => MetamemError): T {
  try {
    return call();
  } catch (cause) {
    throw cause instanceof Error ? translate(cause) : cause;
  }
}
