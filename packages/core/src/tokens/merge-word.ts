import type { MergeTable } from "./merge-table.ts";
import { NumberHeap } from "./number-heap.ts";

/**
 * Merges the tokens of one piece in plain code: while any two neighbours can merge, those of the lowest rank do, the leftmost first.
 * The same as the graph's loop, in O(n log n): for pieces too long for the graph, and for counts that cannot wait for it.
 */
export function mergeWord(start: readonly number[], table: MergeTable): Uint32Array {
  const ids = Int32Array.from(start);
  const next = Int32Array.from(ids, (_, at) => at + 1);
  const previous = Int32Array.from(ids, (_, at) => at - 1);
  const end = ids.length;
  const queue = new NumberHeap();
  const rankAt = (at: number): number | undefined => {
    const right = next[at] ?? end;
    return at < 0 || right >= end ? undefined : table.rankOfPair.get((ids[at] ?? 0) * table.radix + (ids[right] ?? 0));
  };
  const offer = (at: number): void => {
    const rank = rankAt(at);
    if (rank !== undefined) queue.push(rank * positions + at);
  };
  for (let at = 0; at < end - 1; at++) offer(at);
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const at = entry % positions;
    const rank = (entry - at) / positions;
    // An entry outlives its pair: the token may be gone (its id is then -1) or have another neighbour by now.
    if (ids[at] === gone || rankAt(at) !== rank) continue;
    const right = next[at] ?? end;
    const after = next[right] ?? end;
    ids[at] = table.idOfRank[rank] ?? 0;
    ids[right] = gone;
    next[at] = after;
    if (after < end) previous[after] = at;
    offer(previous[at] ?? -1);
    offer(at);
  }
  return Uint32Array.from(ids.filter((id) => id !== gone));
}

const gone = -1;

/** More than a string can have bytes; times the rank it stays below 2^53. */
const positions = 2 ** 32;
