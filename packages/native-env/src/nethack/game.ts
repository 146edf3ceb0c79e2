import type { JsonObject } from "@metamem/core";
import type { NativeStatistics } from "./native.ts";
import { type GameConfig, gameConfig, parseOptions } from "./options.ts";
import { type RawName, wantedSet } from "./raw-arrays.ts";
import { TextGame } from "./text-game.ts";

/** NetHack as the benchmark plays it (`reset`, `step`, texts), or key by key (`start`, `press`). */
export class NethackGame<Name extends RawName = RawName> extends TextGame<Name> {
  /** Opens a game with options of a task; what is not given is the benchmark's. Throws `UsageError` naming the first bad one. */
  static open<Name extends RawName>(options: JsonObject, wanted: readonly Name[]): NethackGame<Name> {
    return new NethackGame(gameConfig(parseOptions(options)), wanted);
  }

  /** Opens a game that writes the named arrays. Asking for `screen_descriptions` changes what happens in it. */
  constructor(config: GameConfig, wanted: readonly Name[]) {
    super((native) => native.open({ ...config, wanted: wantedSet(wanted) }), wanted);
  }

  statistics(): NativeStatistics {
    return this.native.statistics(this.number);
  }

  /** Starts a game without the benchmark around it. */
  start(core: number | bigint, display: number | bigint, reseed = false): void {
    this.call((number) => this.native.start(number, core, display, reseed));
  }

  press(key: number): void {
    this.call((number) => this.native.press(number, key));
  }
}
