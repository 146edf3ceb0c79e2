import { largestSeed } from "@metamem/loops";
import { InvalidArgumentError } from "commander";

/** Parsers of option values. What they throw becomes one line and exit code 2. */

export function wholeNumber(text: string): number {
  return numberFrom(0, Number.MAX_SAFE_INTEGER, text);
}

export function positiveNumber(text: string): number {
  return numberFrom(1, Number.MAX_SAFE_INTEGER, text);
}

/** The seed of a world or of the sampling. */
export function seed(text: string): number {
  return numberFrom(0, largestSeed, text);
}

function numberFrom(smallest: number, largest: number, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= smallest && value <= largest) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${smallest} to ${largest}.`);
}

export function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 2))
    throw new InvalidArgumentError("It must be a number from 0 to 2.");
  return value;
}

/** `12-20`, or `12` alone. */
export function stepRange(text: string): readonly [from: number, to: number] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError("It must be a range like 12-20.");
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (to < from) throw new InvalidArgumentError("It must begin at the smaller number.");
  return [from, to];
}
