import { z } from "zod";
import type { Connection } from "./connection.ts";

const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        logprobs: z
          .object({ content: z.array(z.object({ logprob: z.number() })) })
          .nullish()
          .catch(null),
      }),
    )
    .min(1),
});

interface Answer {
  readonly text: string;
  /** Of each token; empty from servers that do not say. */
  readonly logprobs: readonly number[];
}

/** Long enough that an adapter shows, short enough to cost nothing. */
const tokens = 8;
const question = "Count from one to ten.";

/**
 * Whether a server plays `name` as another model than `base`. TGI takes any name it does not know for its base model and says nothing
 * (spec serving §2), so both are asked the same question without chance: an adapter moves the probabilities at least. The base model is
 * asked twice, as the measure of what the server's own arithmetic varies by.
 * @returns false as well when an answer is missing: an adapter that cannot be told from the base model is not trusted.
 */
export async function isOtherModel(
  connection: Connection,
  name: string,
  base: string,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  const ask = async (model: string): Promise<Answer | null> => {
    const messages = [{ role: "user" as const, content: question }];
    const body = { model, messages, max_tokens: tokens, temperature: 0, logprobs: true };
    const outcome = await connection.chat(body, ms, signal);
    const choice = outcome.ok ? answerSchema.safeParse(outcome.value).data?.choices[0] : undefined;
    if (choice === undefined) return null;
    return { text: choice.message.content ?? "", logprobs: choice.logprobs?.content.map((one) => one.logprob) ?? [] };
  };
  const [first, other, second] = [await ask(base), await ask(name), await ask(base)];
  if (first === null || other === null || second === null) return false;
  return distance(first, other) > 4 * distance(first, second);
}

/** 0 for the same answer. */
function distance(a: Answer, b: Answer): number {
  if (a.text !== b.text) return Number.MAX_VALUE;
  const pairs = a.logprobs.map((value, i) => Math.abs(value - (b.logprobs[i] ?? value)));
  return Math.max(0, ...pairs);
}
