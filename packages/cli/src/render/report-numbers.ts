import { printableLine } from "./printable.ts";

/** Progressions as percentages, without the sign: tables say it in their heads. */

/** `47.27 ±  2.05`; with fewer digits the place of the others stays free, so that the points lie below each other. */
export function meanText(mean: number | null, error: number | null, digits = 2): string {
  return mean === null ? "-" : `${padded(mean, digits)} ± ${padded(error ?? 0, digits)}`;
}

function padded(fraction: number, digits: number): string {
  return `${(100 * fraction).toFixed(digits)}${" ".repeat(2 - digits)}`.padStart(5);
}

export function points(fraction: number, digits = 2): string {
  return (100 * fraction).toFixed(digits);
}

export function signed(fraction: number | null, digits = 2): string {
  if (fraction === null) return "-";
  const text = points(fraction, digits);
  return Number(text) > 0 ? `+${text}` : text;
}

export function intervalText(
  interval: readonly [number, number] | null,
  show: (value: number) => string = points,
): string {
  return interval === null ? "-" : `${show(interval[0])} … ${show(interval[1])}`;
}

/** A name from a file, as it may be shown. */
export function shownName(text: string): string {
  return printableLine(text);
}
