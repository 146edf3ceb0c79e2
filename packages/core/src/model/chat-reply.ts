import { z } from "zod";
import { failureOf } from "./call-failure.ts";
import type { Outcome } from "./call-with-retries.ts";
import type { Reply, TokenIds, Usage } from "./chat-model.ts";

export interface ParsedReply {
  readonly text: string;
  readonly finish: Reply["finish"];
  /** The model id the server reported. */
  readonly servedModel: string | null;
  readonly usage: Usage | null;
  readonly tokenIds: TokenIds | null;
}

const tokens = z.int().nonnegative();
const ids = z.array(tokens).nullish().catch(null);

/** Only what is used, and lenient: servers differ in everything else. */
const replySchema = z.object({
  model: z.string().min(1).max(200).nullish().catch(null),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
        token_ids: ids,
      }),
    )
    .min(1),
  prompt_token_ids: ids,
  usage: z
    .object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.object({ cached_tokens: tokens.nullish() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** An error that comes with status 200, as servers send it that had already begun to answer. */
const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** Reads the body of a 200 response. What cannot be used is a failure of kind `garbage` or `stopped`. */
export function parseChatReply(body: unknown): Outcome<ParsedReply> {
  // The schema's own refusal of every good reply would cost more than reading it.
  if (typeof body === "object" && body !== null && "error" in body && errorSchema.safeParse(body).success)
    return stopped("the server began to answer and then reported an error");
  const parsed = replySchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) return garbage(`the reply is not a chat completion: ${describe(body)}`);
  const reason = choice.finish_reason ?? "stop";
  if (reason === "abort" || reason === "error") {
    return stopped(`the server gave up the generation ('${reason}')`);
  }
  const cut = isCut(reason);
  // Nothing visible was written before the cut, e.g. because all tokens went into hidden reasoning: asking again changes nothing.
  const text = choice.message.content ?? (cut ? "" : null);
  if (text === null) return garbage("the reply has no content");
  const { model, usage, prompt_token_ids: prompt } = parsed.data;
  const output = choice.token_ids;
  return {
    ok: true,
    value: {
      text,
      finish: cut ? "length" : "stop",
      servedModel: model ?? null,
      usage: usageOf(usage ?? null),
      tokenIds: prompt && output ? { prompt, output } : null,
    },
  };
}

/** `stop`, TGI's `eos_token` and `stop_sequence`, and anything unknown count as an ordinary end. */
function isCut(reason: string): boolean {
  return reason === "length" || reason === "content_filter" || reason === "repetition";
}

function usageOf(usage: z.infer<typeof replySchema>["usage"] | null): Usage | null {
  if (usage === null || usage === undefined) return null;
  return {
    prompt: usage.prompt_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? null,
    output: usage.completion_tokens,
    exact: true,
  };
}

function stopped(message: string): Outcome<never> {
  return { ok: false, failure: failureOf("stopped", "stopped", message) };
}

function garbage(message: string): Outcome<never> {
  return { ok: false, failure: failureOf("garbage", "bad_reply", message) };
}

function describe(body: unknown): string {
  if (typeof body !== "string") return `JSON of another shape`;
  return body.trimStart().startsWith("<") ? "an HTML page" : "text that is not JSON";
}
