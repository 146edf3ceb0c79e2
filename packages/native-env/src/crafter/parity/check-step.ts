import { crc32 } from "node:zlib";
import { type Comparison, compare, compareText, type Unchecked } from "../../parity/comparison.ts";
import type { CrafterGame } from "../game.ts";
import { nativeTextOptions, type TextOptions } from "../options.ts";
import type { RecordedEpisode } from "./recording.ts";

/** The other ways of writing the long text that recordings hold. */
const alternatives: Readonly<Record<string, Partial<TextOptions>>> = {
  all_items: { uniqueItems: false },
  precise: { preciseLocation: true },
  skip: { skipItems: ["grass", "sand", "path"] },
  edge: { uniqueItems: false, edgeOnlyItems: ["water", "lava"] },
  precise_all: { preciseLocation: true, uniqueItems: false, skipItems: ["grass"] },
};

/** Checks the state after step `step` (1 is the first) of a recorded episode. */
export class StepCheck {
  readonly #game: CrafterGame;
  readonly #recorded: RecordedEpisode;
  readonly #fields: readonly string[];
  readonly #text: TextOptions;
  readonly #textures: Uint8Array | null;
  readonly #unchecked: Unchecked;

  constructor(
    game: CrafterGame,
    recorded: RecordedEpisode,
    text: TextOptions,
    textures: Uint8Array | null,
    unchecked: Unchecked,
  ) {
    this.#game = game;
    this.#recorded = recorded;
    this.#fields = recorded.step_fields;
    this.#text = text;
    this.#textures = textures;
    this.#unchecked = unchecked;
  }

  *run(step: number): Generator<Comparison> {
    yield* this.#values(this.#recorded.steps[step - 1] ?? []);
    yield* this.#texts(String(step));
    yield* this.#frame(String(step));
  }

  *#values(values: readonly (number | string)[]): Generator<Comparison> {
    for (const [index, expected] of values.entries()) {
      const field = this.#fields[index] ?? `field ${index}`;
      const actual = this.#value(field);
      if (actual === undefined) this.#unchecked.add(`steps.${field}`);
      else yield compare(field, expected, actual);
    }
  }

  #value(field: string): number | string | undefined {
    const { results, config } = this.#game;
    const view = results.copyView();
    switch (field) {
      case "reward":
        return results.reward;
      case "done":
        return Number(results.done);
      case "x":
        return view.x + Math.floor(config.areaX / 2);
      case "y":
        return view.y + Math.floor(config.areaY / 2);
      case "fx":
        return view.facingX;
      case "fy":
        return view.facingY;
      case "inventory":
        return view.items.join("");
      case "semantic_crc":
        return this.#game.semanticCrc();
      case "n_objects":
        return results.liveObjects;
      case "sleeping":
        return Number(view.sleeping);
      case "rng_crc":
        return this.#game.rngCrc();
      default:
        return undefined;
    }
  }

  *#texts(step: string): Generator<Comparison> {
    const { texts, texts_sha, texts_alt, texts_alt_sha } = this.#recorded;
    for (const [hashed, recorded] of [texts, texts_sha].entries()) {
      const pair = recorded[step];
      if (pair === undefined) continue;
      yield compareText("texts.long", pair[0], this.#longText(this.#text), hashed === 1);
      yield compareText("texts.short", pair[1], this.#game.shortText(), hashed === 1);
    }
    for (const [hashed, recorded] of [texts_alt, texts_alt_sha].entries()) {
      for (const [name, expected] of Object.entries(recorded[step] ?? {})) {
        const options = alternatives[name];
        if (options === undefined) this.#unchecked.add(`texts_alt.${name}`);
        else {
          const text = this.#longText({ ...this.#text, ...options });
          yield compareText(`texts_alt.${name}`, expected, text, hashed === 1);
        }
      }
    }
  }

  #longText(options: TextOptions): string {
    return this.#game.longTextWith(nativeTextOptions(options));
  }

  *#frame(step: string): Generator<Comparison> {
    const expected = this.#recorded.frames[step];
    if (expected === undefined) return;
    if (this.#textures === null) this.#unchecked.add("frames");
    else yield compare("frames", expected, crc32(this.#game.picture(this.#textures)));
  }
}
