import type { Frame } from "../env/frame.ts";
import { TraceError } from "../errors.ts";
import type { FrameDelta } from "./events.ts";

/** Frames between two key frames at most, so that a picture is read from a bounded number of steps. */
export const maxFrameDistance = 64;
/** Larger grids are refused when decoded. */
const maxCells = 1024 * 1024;

type KeyFrame = Extract<FrameDelta, { key: true }>;
type ChangeFrame = Extract<FrameDelta, { key: false }>;

/**
 * Turns the frames of an episode into key frames and changes. It belongs to whoever plays the episode and depends on nothing but the
 * frames, so a replay encodes the same.
 */
export class FrameEncoder {
  private last: Frame | null = null;
  private distance = 0;

  /** The frame may be reused by its owner afterwards. */
  encode(frame: Frame): FrameDelta {
    const delta = this.choose(frame);
    this.distance = delta.key ? 1 : this.distance + 1;
    this.last = copyFrame(frame);
    return delta;
  }

  private choose(frame: Frame): FrameDelta {
    const key = keyFrame(frame);
    if (this.last === null || this.distance >= maxFrameDistance || !sameShape(this.last, frame)) return key;
    const changes = changeFrame(this.last, frame);
    return JSON.stringify(key).length <= JSON.stringify(changes).length ? key : changes;
  }
}

/** Rebuilds frames in the order in which they were encoded, beginning at a key frame. */
export class FrameDecoder {
  private last: Frame | null = null;

  /** Throws `TraceError` when the delta is not one of a frame, or there is no frame to change. */
  decode(delta: FrameDelta): Frame {
    const frame = delta.key ? expandKey(delta) : applyChanges(this.last, delta);
    this.last = frame;
    return copyFrame(frame);
  }
}

function keyFrame(frame: Frame): KeyFrame {
  const cells: number[] = [];
  for (let at = 0; at < frame.cells.length; ) {
    const style = frame.cells[at] ?? 0;
    let end = at + 1;
    while (end < frame.cells.length && frame.cells[end] === style) end += 1;
    cells.push(style, end - at);
    at = end;
  }
  return {
    key: true,
    width: frame.width,
    height: frame.height,
    cells,
    gauges: frame.gauges.map((gauge) => ({ ...gauge })),
  };
}

function changeFrame(from: Frame, to: Frame): ChangeFrame {
  const cells: number[] = [];
  for (let at = 0; at < to.cells.length; at++) {
    const style = to.cells[at] ?? 0;
    if (style !== from.cells[at]) cells.push(at, style);
  }
  const values = to.gauges.flatMap((gauge, at) => (gauge.value === from.gauges[at]?.value ? [] : [at, gauge.value]));
  return { key: false, cells, values };
}

function sameShape(a: Frame, b: Frame): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.gauges.length === b.gauges.length &&
    a.gauges.every((gauge, at) => gauge.label === b.gauges[at]?.label && gauge.max === b.gauges[at]?.max)
  );
}

function expandKey(delta: KeyFrame): Frame {
  const size = delta.width * delta.height;
  if (size > maxCells) throw badFrame(`${delta.width} by ${delta.height} cells`);
  const cells = new Uint16Array(size);
  let at = 0;
  for (let run = 0; run + 1 < delta.cells.length; run += 2) {
    const length = delta.cells[run + 1] ?? 0;
    if (at + length > size) throw badFrame("more cells than the grid has");
    cells.fill(delta.cells[run] ?? 0, at, at + length);
    at += length;
  }
  if (at !== size) throw badFrame(`${at} of ${size} cells`);
  return { width: delta.width, height: delta.height, cells, gauges: delta.gauges };
}

function applyChanges(last: Frame | null, delta: ChangeFrame): Frame {
  if (last === null) throw badFrame("changes without a key frame before them");
  const frame = copyFrame(last);
  for (let pair = 0; pair + 1 < delta.cells.length; pair += 2) {
    const at = delta.cells[pair] ?? 0;
    if (at >= frame.cells.length) throw badFrame(`a change of cell ${at} of ${frame.cells.length}`);
    frame.cells[at] = delta.cells[pair + 1] ?? 0;
  }
  const values = new Map<number, number>();
  for (let pair = 0; pair + 1 < delta.values.length; pair += 2)
    values.set(delta.values[pair] ?? 0, delta.values[pair + 1] ?? 0);
  const gauges = frame.gauges.map((gauge, at) => ({ ...gauge, value: values.get(at) ?? gauge.value }));
  return { ...frame, gauges };
}

function copyFrame(frame: Frame): Frame {
  return { ...frame, cells: frame.cells.slice(), gauges: frame.gauges.map((gauge) => ({ ...gauge })) };
}

function badFrame(what: string): TraceError {
  return new TraceError("frame", `a recorded picture has ${what}; the episode folder is damaged`);
}
