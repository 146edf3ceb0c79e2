import { join } from "node:path";
import { TraceError } from "../errors.ts";
import type { Hash } from "../hash.ts";
import { AppendFile } from "./append-file.ts";
import { type PartEntry, PartIndex } from "./part-index.ts";
import { pieceEnds, wholeBytes } from "./pieces.ts";
import { RangeFile } from "./range-file.ts";

/** Larger texts are refused when read: an index from elsewhere could claim any size. */
const maxTextBytes = 64 * 1024 * 1024;

export const packFile = "parts.pack";
export const packIndexFile = "parts.idx";

/** Content-addressed texts of one episode, each stored once (docs/trace-format.md). */
export class PackWriter {
  private readonly pack: AppendFile;
  private readonly indexFile: AppendFile;
  private readonly index: PartIndex;

  /** `index` holds exactly what parts.idx holds. */
  constructor(dir: string, index: PartIndex, durable = false) {
    this.pack = new AppendFile(join(dir, packFile), durable);
    this.indexFile = new AppendFile(join(dir, packIndexFile), durable);
    this.index = index;
  }

  get waiting(): number {
    return this.pack.waiting;
  }

  blob(text: string): Hash {
    const digest = digestOf(text);
    if (this.index.find(digest) < 0) {
      if (text.length * 3 <= wholeBytes) this.addText(digest, text);
      else this.addBytes(digest, Buffer.from(text));
    }
    return digest.toString("hex");
  }

  has(hash: Hash): boolean {
    return this.index.find(Buffer.from(hash, "hex")) >= 0;
  }

  flush(): void {
    this.pack.flush();
    this.indexFile.flush();
  }

  close(): void {
    this.pack.close();
    this.indexFile.close();
  }

  private addText(digest: Buffer, text: string): void {
    const offset = this.pack.size;
    const bytes = this.pack.addText(text);
    this.addEntry(digest, { offset, kind: "text", stored: bytes, bytes });
  }

  private addBytes(digest: Buffer, bytes: Buffer): void {
    const isList = bytes.length > wholeBytes;
    const content = isList ? this.addPieces(bytes) : bytes;
    const offset = this.pack.size;
    this.pack.addBytes(content);
    this.addEntry(digest, { offset, kind: isList ? "list" : "text", stored: content.length, bytes: bytes.length });
  }

  /** Stores the pieces that are new; returns the list of entry numbers. */
  private addPieces(bytes: Buffer): Buffer {
    const numbers: number[] = [];
    let start = 0;
    for (const end of pieceEnds(bytes)) {
      const piece = bytes.subarray(start, end);
      const digest = digestOf(piece);
      if (this.index.find(digest) < 0) this.addBytes(digest, piece);
      numbers.push(this.index.find(digest));
      start = end;
    }
    const list = Buffer.allocUnsafe(numbers.length * 4);
    for (const [at, number] of numbers.entries()) list.writeUInt32LE(number, at * 4);
    return list;
  }

  private addEntry(digest: Buffer, entry: PartEntry): void {
    this.indexFile.addBytes(this.index.add(digest, entry).bytes);
  }
}

/** Reads texts by hash. Every text is checked against its hash, so a damaged pack is never taken for content. */
export class PackReader {
  readonly index: PartIndex;
  private readonly pack: RangeFile;

  /** `index`: what parts.idx holds, when the caller has it already. */
  constructor(dir: string, index: PartIndex = readIndex(dir)) {
    this.index = index;
    this.pack = new RangeFile(join(dir, packFile));
  }

  /** Bytes of texts read so far. */
  get bytesRead(): number {
    return this.pack.bytesRead;
  }

  get packBytes(): number {
    return this.pack.size;
  }

  /** Throws `TraceError` when there is no such text or its bytes do not have that hash. */
  text(hash: Hash): string {
    const number = this.index.find(Buffer.from(hash, "hex"));
    if (number < 0) {
      throw new TraceError(
        "missing_text",
        `${this.pack.path} holds no text ${hash.slice(0, 16)}; the episode folder is incomplete`,
      );
    }
    return this.textAt(number);
  }

  /** The text of one entry, verified. */
  textAt(number: number): string {
    const bytes = this.verified(number);
    if (bytes === null) {
      const hash = this.index.digest(number).toString("hex", 0, 8);
      throw new TraceError(
        "damaged_text",
        `text ${hash} in ${this.pack.path} is damaged; restore the folder from a copy`,
      );
    }
    return bytes.toString();
  }

  /** Whether the entry's bytes are there and have its hash. */
  isWhole(number: number): boolean {
    return this.verified(number) !== null;
  }

  close(): void {
    this.pack.close();
  }

  private verified(number: number): Buffer | null {
    const bytes = this.bytesAt(number);
    return bytes !== null && digestOf(bytes).equals(this.index.digest(number)) ? bytes : null;
  }

  /** Null when the entry describes something that cannot be. */
  private bytesAt(number: number): Buffer | null {
    const entry = this.index.entry(number);
    if (entry.bytes > maxTextBytes || entry.stored > maxTextBytes) return null;
    const stored = this.pack.read(entry.offset, entry.offset + entry.stored);
    if (stored.length !== entry.stored) return null;
    return entry.kind === "text" ? stored : this.join(number, stored, entry.bytes);
  }

  private join(list: number, numbers: Buffer, bytes: number): Buffer | null {
    const pieces: PartEntry[] = [];
    let total = 0;
    for (let at = 0; at + 4 <= numbers.length; at += 4) {
      const number = numbers.readUInt32LE(at);
      // Pieces come before their list and are texts: no cycles, no nesting.
      if (number >= list) return null;
      const piece = this.index.entry(number);
      total += piece.stored;
      if (piece.kind !== "text" || total > bytes) return null;
      pieces.push(piece);
    }
    return Buffer.concat(pieces.map((piece) => this.pack.read(piece.offset, piece.offset + piece.stored)));
  }
}

function readIndex(dir: string): PartIndex {
  const file = new RangeFile(join(dir, packIndexFile));
  const index = new PartIndex(file.read(0, file.size));
  file.close();
  return index;
}

function digestOf(data: string | Uint8Array): Buffer {
  return Bun.CryptoHasher.hash("sha256", data);
}
