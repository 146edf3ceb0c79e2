import { type Cost, costsOf, type TokenTotals, UsageError } from "@metamem/core";
import { loadPrices, type MeasuredTokens, type MeasureProgress, measureTokens } from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { countingLine } from "../render/counting-line.ts";
import { table } from "../render/layout.ts";
import { percent, plural } from "../render/numbers.ts";
import { printableLine } from "../render/printable.ts";

const noteEveryMs = 5000;

export interface CostOptions {
  readonly inputTokens?: number;
  readonly cachedTokens?: number;
  readonly outputTokens?: number;
  readonly prices?: string;
  readonly json?: boolean;
}

/** Prints what recorded or given tokens cost on every model of the price list, with and without prefix caching. */
export async function costCommand(folder: string | undefined, options: CostOptions): Promise<number> {
  const prices = loadPrices(options.prices);
  if (folder !== undefined && (options.inputTokens ?? options.outputTokens) !== undefined) {
    throw new UsageError("option", "give a folder, or --input-tokens and --output-tokens, not both");
  }
  const measured = folder === undefined ? null : await measureTokens(folder, progressNotes());
  const totals = measured === null ? givenTotals(options) : totalsOf(measured, options);
  const costs = costsOf(prices, totals);
  if (options.json === true) {
    printJson({ schema: "metamem.cost/1", folder: folder ?? null, tokens: totals, measured, unit: "USD", costs });
    return 0;
  }
  printLines([
    ...(measured === null ? [] : measuredLines(measured)),
    `${tokens(totals.input)} in, ${tokens(totals.cached)} of them from a prefix cache (${percent(totals.input === 0 ? null : totals.cached / totals.input)}), ${tokens(totals.output)} out`,
    "",
    ...costTable(costs),
    "",
    "Shares for cached input are estimates (seeds/prices.json says of what); '-' where none is known.",
  ]);
  return 0;
}

/** Counting a large run takes a minute: a line now and then says how far it is. */
function progressNotes(): (progress: MeasureProgress) => void {
  const began = performance.now();
  let last = began;
  return (progress) => {
    const now = performance.now();
    if (now - last < noteEveryMs) return;
    last = now;
    note(countingLine(progress, (now - began) / 1000));
  };
}

function givenTotals({ inputTokens, cachedTokens = 0, outputTokens = 0 }: CostOptions): TokenTotals {
  if (inputTokens === undefined) {
    throw new UsageError("option", "give the folder of a recorded episode or run, or --input-tokens");
  }
  return checked({ input: inputTokens, cached: cachedTokens, output: outputTokens });
}

/** The servers' own numbers of cached tokens where all calls have them, else what caching would have found. */
function totalsOf(
  { input, output, cachedByServer, reusable }: MeasuredTokens,
  { cachedTokens }: CostOptions,
): TokenTotals {
  return checked({ input, cached: cachedTokens ?? cachedByServer ?? reusable, output });
}

function checked(totals: TokenTotals): TokenTotals {
  if (totals.cached <= totals.input) return totals;
  throw new UsageError("option", `${totals.cached} cached tokens are more than all ${totals.input} input tokens`);
}

function measuredLines({ episodes, calls, exact, cachedByServer, reusable, input }: MeasuredTokens): string[] {
  const counts = exact ? "exact counts" : "counts partly estimated";
  const server =
    cachedByServer === null
      ? "its servers did not say what they cached"
      : `${tokens(cachedByServer)} cached by its servers`;
  return [
    `${plural(episodes, "episode")}, ${plural(calls, "call")}, ${counts}; ${server}`,
    `a prefix cache would reuse ${percent(input === 0 ? null : reusable / input)} of the prompts (blocks of 16 tokens, nothing forgotten)`,
  ];
}

function costTable(costs: readonly Cost[]): string[] {
  const providers = [...new Set(costs.map(({ provider }) => provider))];
  return table([
    ["USD", "without cache", "with cache"],
    ...providers.flatMap((provider) => [
      [printableLine(provider)],
      ...costs
        .filter((cost) => cost.provider === provider)
        .map(({ model, uncached, withCache }) => [`  ${printableLine(model)}`, dollars(uncached), dollars(withCache)]),
    ]),
  ]);
}

/** Cents for sums, more digits for small ones: single episodes on small models cost fractions of a cent. */
function dollars(amount: number | null): string {
  if (amount === null) return "-";
  return amount >= 1 || amount === 0 ? amount.toFixed(2) : amount.toPrecision(2);
}

function tokens(count: number): string {
  return `${count.toLocaleString("en-US").replaceAll(",", " ")} tokens`;
}
