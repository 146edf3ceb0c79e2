import { z } from "zod";

/** What models cost, as `seeds/prices.json` lists it: USD per million tokens. */

const price = z.number().nonnegative();

const cachingSchema = z.strictObject({
  /** A token read from the cache, as a share of the input price. */
  cachedRead: price,
  /** Any other input token while caching is used, as a multiple of the input price. */
  cacheWrite: price,
});

export const pricesSchema = z.strictObject({
  schema: z.literal("metamem.prices/1"),
  unit: z.literal("USD per million tokens"),
  origin: z.string(),
  /** Null: no discount known. */
  providers: z.record(z.string(), cachingSchema.nullable()),
  models: z.array(
    z.strictObject({
      name: z.string().min(1),
      provider: z.string().min(1),
      input: price,
      output: price,
      /** Instead of the provider's. */
      cachedRead: price.exactOptional(),
    }),
  ),
});
export type Prices = z.infer<typeof pricesSchema>;

export interface TokenTotals {
  /** Prompt tokens, cached ones included. */
  readonly input: number;
  /** Of these, found in a prefix cache. */
  readonly cached: number;
  readonly output: number;
}

export interface Cost {
  readonly model: string;
  readonly provider: string;
  /** USD when every prompt token is paid in full. */
  readonly uncached: number;
  /** USD with prefix caching; null where no discount for cached input is known. */
  readonly withCache: number | null;
}

/** What these tokens cost on every listed model, in the list's order. */
export function costsOf({ models, providers }: Prices, { input, cached, output }: TokenTotals): Cost[] {
  return models.map((model) => {
    const caching = providers[model.provider] ?? null;
    const paid = (inputTokens: number) => (inputTokens * model.input + output * model.output) / 1_000_000;
    const read = model.cachedRead ?? caching?.cachedRead ?? 1;
    return {
      model: model.name,
      provider: model.provider,
      uncached: paid(input),
      withCache: caching === null ? null : paid((input - cached) * caching.cacheWrite + cached * read),
    };
  });
}
