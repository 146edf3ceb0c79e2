/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`, or `most + 1` when it takes more than `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_value, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j - 1] ?? 0) + (same ? 0 : 1), (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

/** The candidate that `name` is likely a slip of; null when none is alike. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  const parts = split(name);
  for (const candidate of candidates) {
    const distance = slipDistance(parts, split(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** A third of the bare name's characters may differ; another folder or extension counts as one edit. */
function slipDistance(name: string[], candidate: string[]): number {
  const [folder, stem = "", extension] = name;
  const allowed = Math.floor(Math.min(stem.length, 30) / 3);
  const edits = editDistance(stem, candidate[1] ?? "", allowed);
  if (edits > allowed) return Number.POSITIVE_INFINITY;
  return edits + (folder === candidate[0] ? 0 : 1) + (extension === candidate[2] ? 0 : 1);
}

/** `maps/l1.txt` -> `maps/`, `l1`, `.txt`. */
function split(name: string): string[] {
  return /^(.*\/)?(.*?)(\.[^./]*)?$/s.exec(name.toLowerCase())?.slice(1) ?? [];
}
