import { z } from "zod";
import { failureOf } from "./call-failure.ts";
import type { Outcome } from "./call-with-retries.ts";
import type { Reply, Usage } from "./chat-model.ts";

export interface ParsedReply {
  readonly text: string;
  readonly finish: Reply["finish"];
  /** The model id the server reported. */
  readonly servedModel: string | null;
  readonly usage: Usage | null;
}

const tokens = z.int().nonnegative();

/** Only what is used, and lenient: servers differ in everything else. */
const replySchema = z.object({
  model: z.string().min(1).max(200).nullish().catch(null),
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullish() }), finish_reason: z.string().nullish() }))
    .min(1),
  usage: z
    .object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.object({ cached_tokens: tokens.nullish() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** Reads the body of a 200 response. What cannot be used is a failure of kind `garbage` or `stopped`. */
export function parseChatReply(body: unknown): Outcome<ParsedReply> {
  const parsed = replySchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) return garbage(`the reply is not a chat completion: ${describe(body)}`);
  const reason = choice.finish_reason ?? "stop";
  if (reason === "abort" || reason === "error") {
    return { ok: false, failure: failureOf("stopped", "stopped", `the server gave up the generation ('${reason}')`) };
  }
  const cut = isCut(reason);
  // Nothing visible was written before the cut, e.g. because all tokens went into hidden reasoning: asking again changes nothing.
  const text = choice.message.content ?? (cut ? "" : null);
  if (text === null) return garbage("the reply has no content");
  const { model, usage } = parsed.data;
  return {
    ok: true,
    value: { text, finish: cut ? "length" : "stop", servedModel: model ?? null, usage: usageOf(usage ?? null) },
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

function garbage(message: string): Outcome<never> {
  return { ok: false, failure: failureOf("garbage", "bad_reply", message) };
}

function describe(body: unknown): string {
  if (typeof body !== "string") return `JSON of another shape`;
  return body.trimStart().startsWith("<") ? "an HTML page" : "text that is not JSON";
}
