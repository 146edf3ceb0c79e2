/** Bytes of one entry of parts.idx (docs/trace-format.md). */
export const partEntryBytes = 48;
const digestBytes = 32;

/** `text`: the bytes are the text. `list`: the bytes are entry numbers (u32) whose texts, joined, are the text. */
export type PartKind = "text" | "list";

export interface PartEntry {
  readonly offset: number;
  readonly kind: PartKind;
  /** Bytes in the pack. */
  readonly stored: number;
  /** Bytes of the text. */
  readonly bytes: number;
}

/**
 * The content of parts.idx with a hash table over it, about 60 bytes of memory per text. A map from hex strings would take three times
 * that, which matters with a thousand episodes in one process.
 */
export class PartIndex {
  private entries: Buffer;
  private used: number;
  /** Open addressing by the first four bytes of the digest; holds entry number + 1, 0 is free. */
  private slots: Uint32Array;

  /** Over the bytes of an index file; an incomplete last entry is ignored. */
  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.used = Math.floor(bytes.length / partEntryBytes);
    this.entries = Buffer.allocUnsafe(Math.max(64, this.used) * partEntryBytes);
    this.entries.set(bytes.subarray(0, this.used * partEntryBytes));
    this.slots = new Uint32Array(0);
    this.rehash();
  }

  get count(): number {
    return this.used;
  }

  /** The number of the entry with this digest, -1 if there is none. */
  find(digest: Buffer): number {
    if (digest.length !== digestBytes) return -1;
    const mask = this.slots.length - 1;
    for (let slot = digest.readUInt32LE(0) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0) return -1;
      const at = number * partEntryBytes;
      if (digest.compare(this.entries, at, at + digestBytes) === 0) return number;
    }
  }

  entry(number: number): PartEntry {
    const at = number * partEntryBytes;
    return {
      offset: this.entries.readUIntLE(at + 32, 6),
      kind: this.entries.readUInt16LE(at + 38) === 0 ? "text" : "list",
      stored: this.entries.readUInt32LE(at + 40),
      bytes: this.entries.readUInt32LE(at + 44),
    };
  }

  digest(number: number): Buffer {
    return this.entries.subarray(number * partEntryBytes, number * partEntryBytes + digestBytes);
  }

  /** Adds an entry; returns its number and the bytes for the index file (valid until the next call). */
  add(digest: Buffer, entry: PartEntry): { readonly number: number; readonly bytes: Buffer } {
    if ((this.used + 1) * partEntryBytes > this.entries.length) this.grow();
    const number = this.used++;
    const at = number * partEntryBytes;
    this.entries.set(digest, at);
    this.entries.writeUIntLE(entry.offset, at + 32, 6);
    this.entries.writeUInt16LE(entry.kind === "text" ? 0 : 1, at + 38);
    this.entries.writeUInt32LE(entry.stored, at + 40);
    this.entries.writeUInt32LE(entry.bytes, at + 44);
    if (this.used * 2 >= this.slots.length) this.rehash();
    else this.place(number);
    return { number, bytes: this.entries.subarray(at, at + partEntryBytes) };
  }

  /** An index of the first `count` entries. */
  head(count: number): PartIndex {
    return new PartIndex(this.entries.subarray(0, count * partEntryBytes));
  }

  private grow(): void {
    const grown = Buffer.allocUnsafe(this.entries.length * 2);
    grown.set(this.entries);
    this.entries = grown;
  }

  private rehash(): void {
    let size = 128;
    while (size <= this.used * 2) size *= 2;
    this.slots = new Uint32Array(size);
    for (let number = 0; number < this.used; number++) this.place(number);
  }

  private place(number: number): void {
    const mask = this.slots.length - 1;
    let slot = this.entries.readUInt32LE(number * partEntryBytes) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }
}
