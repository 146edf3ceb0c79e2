import { everyLine } from "../memory/repeat.ts";
import { encode } from "../memory/text.ts";
import type { Delays, Rate } from "./definitions.ts";
import { delayClass, delaysOf } from "./delays.ts";
import { rate } from "./rate.ts";

/** Lines remembered at a time, about 15 MB; of more, those met first are forgotten: never returned, and new when written again. */
const maxLines = 2 ** 18;

/** A line that counts for nothing any more: returned already, or not the model's. */
const settled = -1;

/** Follows which lines the model wrote and which of them a read returned later (spec automem §7.3, retrieval use). Holds hashes, no texts. */
export class RetrievalUse {
  /** Line of a file -> step of its first writing, or `settled`. */
  private readonly lines = new Map<number, number>();
  private readonly classes = new Map<number, number>();
  private written = 0;
  private returned = 0;

  /** The model put these whole lines into a file. */
  write(file: string, text: Uint8Array, step: number): void {
    this.each(file, text, (line) => {
      if (this.lines.has(line)) return;
      this.remember(line, step);
      this.written += 1;
    });
  }

  /** Lines that came from elsewhere: the model writes nothing of its own by repeating them. */
  give(file: string, text: Uint8Array): void {
    this.each(file, text, (line) => {
      if (!this.lines.has(line)) this.remember(line, settled);
    });
  }

  /** The model was shown the result of a read op; `file` is what a READ or TAIL was of. */
  read(name: string, file: string, result: string, step: number): void {
    const lines = result.slice(result.indexOf("\n") + 1);
    if (name === "READ" || name === "TAIL") this.show(file, lines, step);
    if (name !== "SEARCH") return;
    for (const line of lines.split("\n")) {
      const [, found, text] = /^([^:]+):\d+: (.*)$/.exec(line) ?? [];
      if (found !== undefined && text !== undefined) this.show(found, text, step);
    }
  }

  get use(): Rate {
    return rate(this.returned, this.written);
  }

  get delays(): Delays {
    return delaysOf(this.classes);
  }

  private show(file: string, text: string, step: number): void {
    this.each(file, encode(text), (line) => {
      const since = this.lines.get(line) ?? settled;
      if (since === settled) return;
      this.lines.set(line, settled);
      const delay = delayClass(step - since);
      this.classes.set(delay, (this.classes.get(delay) ?? 0) + 1);
      this.returned += 1;
    });
  }

  private remember(line: number, step: number): void {
    this.lines.set(line, step);
    if (this.lines.size <= maxLines) return;
    for (const oldest of this.lines.keys()) {
      this.lines.delete(oldest);
      return;
    }
  }

  /** Visits the lines of a text as numbers in which the file's name is mixed. */
  private each(file: string, text: Uint8Array, visit: (line: number) => void): void {
    let name = 0;
    everyLine(encode(file), (hash) => {
      name = hash;
      return true;
    });
    everyLine(text, (hash) => {
      visit((name + hash) % 2 ** 53);
      return true;
    });
  }
}
