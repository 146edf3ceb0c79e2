import { resolve } from "node:path";
import { largestSeed, loadPrices, type Price } from "@metamem/loops";
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

/** A TCP port; 0 stands for any free one. */
export function port(text: string): number {
  return numberFrom(0, 65_535, text);
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

/** A number above zero that need not be whole. */
export function amount(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}

/** `auto`, or how many at a time. */
export function concurrency(text: string): number | "auto" {
  if (text === "auto") return text;
  return numberFrom(1, 65_535, text);
}

/** Names separated by commas. */
export function list(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.every((item) => item !== "")) return items;
  throw new InvalidArgumentError("It must be names, separated by commas.");
}

/** Collects an option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** `run7-v0042=./adapters/run7-v0042`: adds an adapter's name and folder to those before. */
export function adapter(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, folder] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || folder === undefined) {
    throw new InvalidArgumentError("It must be name=folder, e.g. run7-v0042=./adapters/run7-v0042.");
  }
  return { ...before, [name]: resolve(folder) };
}

/**
 * `0.5/1.5` or `0.5/1.5/0.05`: USD per million tokens in, out, and in from the prefix cache. Or a model of the price list, without
 * its discount for cached tokens: a budget should rather be kept than estimated.
 */
export function price(text: string): Price {
  const listed = loadPrices().models.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase());
  if (listed !== undefined) return { input: listed.input, output: listed.output };
  const numbers = text.split("/").map((part) => (/^\d*\.?\d+$/.test(part) ? Number(part) : Number.NaN));
  const [input, output, cached] = numbers;
  if (input === undefined || output === undefined || numbers.length > 3 || numbers.some(Number.isNaN)) {
    throw new InvalidArgumentError("It must be <input>/<output>, e.g. 0.5/1.5, or a model that 'metamem cost' lists.");
  }
  return { input, output, ...(cached === undefined ? {} : { cached }) };
}
