import { itemNames } from "./tables.ts";

/**
 * The memory into which the addon writes the results of every reset and step (native/binding/crafter_session.h): numbers
 * first, then what the player sees, which `copyView` takes out as one piece.
 */
const offsets = { reward: 0, daylight: 8, step: 16, done: 20, unlocked: 24, liveObjects: 28, view: 32 } as const;

/** Inside the view part. */
const viewOffsets = { x: 0, y: 4, facingX: 8, facingY: 9, sleeping: 10, dead: 11, facingId: 12, items: 16, grid: 32 };

export class ResultBlock {
  readonly #doubles: Float64Array;
  readonly #ints: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(block: ArrayBuffer) {
    this.#doubles = new Float64Array(block, 0, 2);
    this.#ints = new Int32Array(block, 0, offsets.view / 4);
    this.#bytes = new Uint8Array(block);
  }

  get reward(): number {
    return this.#doubles[0] ?? 0;
  }
  /** 0 (night) to 1 (day). */
  get daylight(): number {
    return this.#doubles[offsets.daylight / 8] ?? 0;
  }
  /** The game's own step counter. */
  get step(): number {
    return this.#ints[offsets.step / 4] ?? 0;
  }
  get done(): boolean {
    return this.#ints[offsets.done / 4] === 1;
  }
  get dead(): boolean {
    return this.#bytes[offsets.view + viewOffsets.dead] === 1;
  }
  /** Set of achievements, one bit each. */
  get unlocked(): number {
    return this.#ints[offsets.unlocked / 4] ?? 0;
  }
  get liveObjects(): number {
    return this.#ints[offsets.liveObjects / 4] ?? 0;
  }

  /** A copy of what the player sees now. */
  copyView(): ViewBytes {
    return new ViewBytes(this.#bytes.slice(offsets.view), this.daylight);
  }
}

/** What the player saw after one step, kept for as long as someone wants to look. */
export class ViewBytes {
  readonly #bytes: Uint8Array;
  readonly daylight: number;

  constructor(bytes: Uint8Array, daylight: number) {
    this.#bytes = bytes;
    this.daylight = daylight;
  }

  /** Steps east of where the player started. */
  get x(): number {
    return this.#data.getInt32(viewOffsets.x, true);
  }
  /** Steps south of where the player started. */
  get y(): number {
    return this.#data.getInt32(viewOffsets.y, true);
  }
  get facingX(): number {
    return this.#data.getInt8(viewOffsets.facingX);
  }
  get facingY(): number {
    return this.#data.getInt8(viewOffsets.facingY);
  }
  get sleeping(): boolean {
    return this.#bytes[viewOffsets.sleeping] === 1;
  }
  get dead(): boolean {
    return this.#bytes[viewOffsets.dead] === 1;
  }
  /** Semantic id of the cell in front; 0 outside the map. */
  get facingId(): number {
    return this.#bytes[viewOffsets.facingId] ?? 0;
  }
  /** Vitals and inventory, in the order of `itemNames`. */
  get items(): Uint8Array {
    return this.#bytes.subarray(viewOffsets.items, viewOffsets.items + itemNames.length);
  }
  /** Semantic ids of the visible cells, row by row. */
  get grid(): Uint8Array {
    return this.#bytes.subarray(viewOffsets.grid);
  }

  get #data(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
  }
}
