import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "../env/frame.ts";
import { jsonRoundTrip } from "../json.ts";
import { createRng } from "../rng.ts";
import { type FrameDelta, frameDeltaSchema } from "./events.ts";
import { FrameDecoder, FrameEncoder, maxFrameDistance } from "./frame-codec.ts";

const gauge = fc.record({
  label: fc.constantFrom("food", "water"),
  value: fc.integer({ min: -3, max: 9 }),
  max: fc.constant(9),
});
const frames = fc
  .record({
    width: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 1, max: 4 }),
    gauges: fc.array(gauge, { maxLength: 3 }),
  })
  .chain(({ width, height, gauges }) =>
    fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: width * height, maxLength: width * height })
      .map((cells): Frame => ({ width, height, cells: Uint16Array.from(cells), gauges })),
  );

function screen(cells: Uint16Array, turn = 0): Frame {
  return { width: 80, height: 24, cells, gauges: [{ label: "turn", value: turn }] };
}

function size(delta: FrameDelta | undefined): number {
  return JSON.stringify(delta).length;
}

describe("frames", () => {
  test("come back as they were, through JSON, whatever follows what", () => {
    fc.assert(
      fc.property(fc.array(frames, { minLength: 1, maxLength: 30 }), (shown) => {
        const encoder = new FrameEncoder();
        const decoder = new FrameDecoder();
        for (const frame of shown) {
          const delta = jsonRoundTrip(encoder.encode(frame));
          expect(frameDeltaSchema.parse(delta)).toEqual(delta);
          expect(decoder.decode(delta)).toEqual(frame);
        }
      }),
    );
  });

  test("that change little cost little, and there is a key frame among any 64", () => {
    const random = createRng(1);
    const cells = Uint16Array.from({ length: 80 * 24 }, () => (random.int(4) === 0 ? random.int(50) : 0));
    const encoder = new FrameEncoder();
    const deltas = Array.from({ length: 300 }, (_none, turn) => {
      cells[random.int(cells.length)] = random.int(50);
      return encoder.encode(screen(cells, turn));
    });
    const keys = deltas.flatMap((delta, at) => (delta.key ? [at] : []));
    expect(keys).toEqual([0, 64, 128, 192, 256]);
    expect(maxFrameDistance).toBe(64);
    expect(size(deltas[1])).toBeLessThan(size(deltas[0]) / 20);
  });

  test("are key frames where that is not longer", () => {
    const encoder = new FrameEncoder();
    encoder.encode(screen(Uint16Array.from({ length: 80 * 24 }, (_none, at) => at % 40)));
    expect(encoder.encode(screen(new Uint16Array(80 * 24))).key).toBe(true);
  });

  test("are key frames when the size or the gauges change", () => {
    const cells = Uint16Array.from({ length: 400 }, (_none, at) => (at * 7) % 40);
    const base: Frame = { width: 20, height: 20, cells, gauges: [{ label: "food", value: 3, max: 9 }] };
    const others: Frame[] = [
      { ...base, width: 40, height: 10 },
      { ...base, gauges: [] },
      { ...base, gauges: [{ label: "water", value: 3, max: 9 }] },
      { ...base, gauges: [{ label: "food", value: 3, max: 8 }] },
    ];
    for (const other of others) {
      const encoder = new FrameEncoder();
      encoder.encode(base);
      expect(encoder.encode(other).key).toBe(true);
    }
    const encoder = new FrameEncoder();
    encoder.encode(base);
    expect(encoder.encode({ ...base, gauges: [{ label: "food", value: 2, max: 9 }] })).toEqual({
      key: false,
      cells: [],
      values: [0, 2],
    });
  });

  test("may be drawn into the same array again", () => {
    const cells = new Uint16Array(100);
    const encoder = new FrameEncoder();
    encoder.encode({ width: 10, height: 10, cells: cells.fill(0, 0, 9).fill(3, 50, 60), gauges: [] });
    cells[4] = 1;
    const delta = encoder.encode({ width: 10, height: 10, cells, gauges: [] });
    expect(delta).toEqual({ key: false, cells: [4, 1], values: [] });
  });
});
