import { nativeBinding } from "../binding.ts";
import { type RawName, wantedSet } from "../nethack/raw-arrays.ts";
import { TextGame } from "../nethack/text-game.ts";
import type { NativeTaskStatistics } from "./native.ts";
import type { GameConfig } from "./options.ts";

/** A game that plays a task. It needs a level before its first reset. */
export class MinihackGame<Name extends RawName = RawName> extends TextGame<Name> {
  /** Opens a game that writes the named arrays, besides those that are part of the task. */
  constructor(config: GameConfig, names: readonly Name[]) {
    super(() => nativeBinding().minihack.open({ ...config, wanted: wantedSet(names) }), names);
  }

  /** From the next reset on the game plays from this data library, see `levelDataFile`. */
  setDataFile(bytes: Uint8Array): void {
    this.call((number) => nativeBinding().minihack.setDataFile(number, bytes));
  }

  /** The level as it is, whatever the hero knows of it: character and colour of each of 21 rows of 79 cells. */
  viewLevel(): { readonly chars: Uint8Array; readonly colours: Uint8Array } {
    const cells = this.call((number) => nativeBinding().minihack.viewLevel(number));
    const half = cells.byteLength / 2;
    return { chars: new Uint8Array(cells, 0, half), colours: new Uint8Array(cells, half) };
  }

  statistics(): NativeTaskStatistics {
    return nativeBinding().minihack.statistics(this.number);
  }
}
