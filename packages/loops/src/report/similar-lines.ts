import { normalizeLine } from "@metamem/core";

/** Jaccard index of their trigrams from which on two lines count as the same (spec automem §7.3, loose repeat). */
const similar = 0.9;

/** Finds lines that say nearly the same. Remembers the trigrams of the lines it has seen. */
export class SimilarLines {
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** Whether `line` is nearly one of `others`, all normalised. */
  among(line: string, others: Iterable<string>): boolean {
    const own = this.trigrams(line);
    for (const other of others) if (other === line || this.alike(own, this.trigrams(other))) return true;
    return false;
  }

  private alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
    // The index is at most the ratio of the sizes.
    if (Math.min(a.size, b.size) < similar * Math.max(a.size, b.size)) return false;
    let shared = 0;
    for (const gram of a) if (b.has(gram)) shared += 1;
    return shared >= similar * (a.size + b.size - shared);
  }

  private trigrams(line: string): ReadonlySet<string> {
    const known = this.known.get(line);
    if (known !== undefined) return known;
    // With a blank at each end, so that short lines have some too.
    const padded = ` ${line} `;
    const grams = new Set<string>();
    for (let at = 0; at + 3 <= padded.length; at++) grams.add(padded.slice(at, at + 3));
    this.known.set(line, grams);
    return grams;
  }
}

/** The distinct non-blank lines of a file, normalised. */
export function normalLines(text: string): Set<string> {
  const lines = new Set(text.split("\n").map(normalizeLine));
  lines.delete("");
  return lines;
}
