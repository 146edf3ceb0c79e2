import type { Hash } from "../hash.ts";
import { LineIndex } from "./line-index.ts";
import { LineSet } from "./repeat.ts";

/** What the store knows about one file without reading it. Follows appends at the cost of their own length. */
export class FileState {
  readonly index: LineIndex;
  private readonly hasher = new Bun.CryptoHasher("sha256");
  private size: number;
  private digest: Hash | null = null;
  private known: LineSet | null = null;

  constructor(data: Uint8Array) {
    this.index = new LineIndex(data);
    this.hasher.update(data);
    this.size = data.length;
  }

  get bytes(): number {
    return this.size;
  }

  get hash(): Hash {
    this.digest ??= this.hasher.copy().digest("hex");
    return this.digest;
  }

  append(data: Uint8Array): void {
    this.index.add(data);
    this.hasher.update(data);
    this.size += data.length;
    this.digest = null;
    this.known?.add(data);
  }

  /** The file's lines as a set; built from `view` on first use, kept up to date by appends. */
  lineSet(view: () => Uint8Array): LineSet {
    if (this.known === null) {
      this.known = new LineSet();
      this.known.add(view());
    }
    return this.known;
  }
}
