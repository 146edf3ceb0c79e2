import type { InferenceSession } from "onnxruntime-node";
import { mergeGraph } from "./merge-graph.ts";
import type { MergeTable } from "./merge-table.ts";

/** Longest piece, in bytes, that the graph merges: its work grows with the square of the length. */
export const longestInGraph = 64;

/** Elements of one call's tensor: enough to make a call's own cost small, few enough to stay in the cache. */
const elementsPerCall = 1 << 15;

/** Merges batches of pieces with onnxruntime. */
export class MergeSession {
  readonly #session: InferenceSession;
  readonly #tensor: typeof import("onnxruntime-node").Tensor;

  private constructor(session: InferenceSession, tensor: typeof import("onnxruntime-node").Tensor) {
    this.#session = session;
    this.#tensor = tensor;
  }

  /**
   * Loads onnxruntime and compiles the graph. Null where that cannot be: no binary for this platform, or a system library is missing.
   * Counts stay exact without it.
   */
  static async open(table: MergeTable): Promise<MergeSession | null> {
    try {
      const library = await import("onnxruntime-node");
      const session = await library.InferenceSession.create(mergeGraph(table), {
        executionProviders: ["cpu"],
        // Episodes run beside each other: a pool of threads per session would only take turns with them.
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        // Hardly two calls have the same shape: remembering a memory plan for each would only grow.
        enableMemPattern: false,
        logSeverityLevel: 3,
      });
      return new MergeSession(session, library.Tensor);
    } catch {
      return null;
    }
  }

  /** The merged tokens of each piece, given as its bytes' tokens: in order. No piece may be longer than `longestInGraph`. */
  async merge(pieces: readonly (readonly number[])[]): Promise<Uint32Array[]> {
    const merged: Uint32Array[] = new Array(pieces.length);
    for (const { rows, length } of batches(pieces)) {
      const ids = new BigInt64Array(rows.length * length).fill(-1n);
      const halves = new Int32Array(ids.buffer);
      rows.forEach((piece, row) => {
        pieces[piece]?.forEach((id, column) => {
          halves.set([id, 0], 2 * (row * length + column));
        });
      });
      const { end } = await this.#session.run({ start: new this.#tensor("int64", ids, [rows.length, length]) });
      const output = lowHalves(end?.data as BigInt64Array);
      rows.forEach((piece, row) => {
        merged[piece] = tokensOf(output.subarray(row * length, (row + 1) * length));
      });
    }
    return merged;
  }
}

interface Batch {
  /** Indexes of pieces. */
  readonly rows: readonly number[];
  /** Columns; two at least, so that there are neighbours. */
  readonly length: number;
}

/** Pieces of like length together, because short rows wait for long ones. */
function batches(pieces: readonly (readonly number[])[]): Batch[] {
  const byLength = new Map<number, number[]>();
  pieces.forEach((piece, index) => {
    const length = Math.max(4, 2 ** Math.ceil(Math.log2(piece.length)));
    const rows = byLength.get(length);
    if (rows === undefined) byLength.set(length, [index]);
    else rows.push(index);
  });
  return [...byLength].flatMap(([length, rows]) => {
    const perCall = Math.max(1, Math.floor(elementsPerCall / length));
    return Array.from({ length: Math.ceil(rows.length / perCall) }, (_, call) => ({
      rows: rows.slice(call * perCall, (call + 1) * perCall),
      length,
    }));
  });
}

/** The numbers as they are on the little-endian machines that onnxruntime is built for: BigInts would cost more than the merging. */
function lowHalves(numbers: BigInt64Array): Int32Array {
  const halves = new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  return Int32Array.from({ length: numbers.length }, (_, at) => halves[2 * at] ?? padding);
}

const padding = -1;

function tokensOf(row: Int32Array): Uint32Array {
  const end = row.indexOf(padding);
  return Uint32Array.from(end < 0 ? row : row.subarray(0, end));
}
