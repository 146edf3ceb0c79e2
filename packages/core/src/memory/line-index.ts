/** Line breaks are counted once per block of this size; a look-up scans at most one block. */
const blockBytes = 16 * 1024;
const lineFeed = 10;

/**
 * Where lines lie in bytes that only grow: line numbers of offsets and offsets of line numbers at the cost of scanning one block. Lines are
 * numbered from 1; a last line without line break counts. An append costs its own length.
 */
export class LineIndex {
  /** `upTo[k]` = line breaks in the first `k + 1` blocks. */
  private readonly upTo: number[] = [];
  private bytes = 0;
  private breaks = 0;
  private open = false;

  constructor(data: Uint8Array) {
    this.add(data);
  }

  get lines(): number {
    return this.breaks + (this.open ? 1 : 0);
  }

  /** The last line has no line break yet. */
  get endsOpen(): boolean {
    return this.open;
  }

  /** Takes note of bytes appended at the end. */
  add(data: Uint8Array): void {
    let at = 0;
    while (at < data.length) {
      const stop = Math.min(data.length, at + blockBytes - (this.bytes % blockBytes));
      this.breaks += countBreaks(data, at, stop);
      this.bytes += stop - at;
      at = stop;
      if (this.bytes % blockBytes === 0) this.upTo.push(this.breaks);
    }
    if (data.length > 0) this.open = data[data.length - 1] !== lineFeed;
  }

  /** Numbers of the lines that hold the bytes at `offsets`, which ascend. */
  linesAt(view: Uint8Array, offsets: readonly number[]): number[] {
    let at = 0;
    let line = 1;
    return offsets.map((offset) => {
      const block = Math.floor(offset / blockBytes);
      if (block * blockBytes > at) {
        at = block * blockBytes;
        line = 1 + (this.upTo[block - 1] ?? 0);
      }
      line += countBreaks(view, at, offset);
      at = offset;
      return line;
    });
  }

  /** First byte of line `line`; the end of the data for the line after the last one. */
  startOf(view: Uint8Array, line: number): number {
    if (line > this.lines) return this.bytes;
    const block = this.blockOfBreak(line - 1);
    let seen = this.upTo[block - 1] ?? 0;
    let at = block * blockBytes;
    while (seen < line - 1) {
      at = view.indexOf(lineFeed, at) + 1;
      seen++;
    }
    return at;
  }

  /** The block that holds the `count`-th line break: the first one by whose end that many have been seen. */
  private blockOfBreak(count: number): number {
    let low = 0;
    let high = this.upTo.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.upTo[middle] ?? 0) < count) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function countBreaks(data: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (data[at] === lineFeed) count++;
  return count;
}
