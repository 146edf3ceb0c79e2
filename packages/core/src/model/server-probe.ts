import { z } from "zod";
import { type Hash, hashJson } from "../hash.ts";
import type { BoundedFetch } from "./bounded-fetch.ts";
import type { ChatMessage } from "./chat-model.ts";
import { withDeadline } from "./deadline.ts";
import type { ServerSpec } from "./model-spec.ts";
import { presets } from "./presets.ts";

/** What a server tells about itself and one model. */
export interface ServerFacts {
  readonly version: string | null;
  /** Prompt plus output, if told. */
  readonly contextTokens: number | null;
}

const modelListSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      max_model_len: z.int().positive().nullish().catch(null),
      parent: z.string().nullish().catch(null),
      root: z.string().nullish().catch(null),
    }),
  ),
});
export type ModelList = z.infer<typeof modelListSchema>["data"];

/** The body of `GET /models`, or null when it is something else. */
export function parseModelList(body: unknown): ModelList | null {
  return modelListSchema.safeParse(body).data?.data ?? null;
}

/** Whether a listed server serves the model by that name. */
export function isServed(models: ModelList, spec: ServerSpec): boolean {
  return presets[spec.preset].unlistedNames.includes(spec.name) || models.some((model) => model.id === spec.name);
}

/** The model's context as vLLM lists it; adapters inherit their base model's. */
export function listedContext(models: ModelList, name: string): number | null {
  const model = models.find((one) => one.id === name);
  const parent = models.find((one) => one.id === model?.parent);
  return model?.max_model_len ?? parent?.max_model_len ?? null;
}

/** All that the server lists as a name of the model or of what it is made from: vLLM's `root` and `parent`. */
export function namesOf(models: ModelList, name: string): string[] {
  const model = models.find((one) => one.id === name);
  const parent = models.find((one) => one.id === model?.parent);
  return [name, model?.root, parent?.id, parent?.root].filter((one) => typeof one === "string");
}

const versionSchema = z.object({
  version: z.string().max(100).nullish().catch(null),
  max_total_tokens: z.int().positive().nullish().catch(null),
});

/** Version and template are nice to know and nothing to wait for. */
const factMs = 3000;

/** Asks for the server's version (vLLM `/version`, TGI `/info`), without the key. Rejects only when `signal` aborts. */
export async function askVersion(
  spec: ServerSpec,
  fetchBounded: BoundedFetch,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const { versionPath } = presets[spec.preset];
  const nothing: ServerFacts = { version: null, contextTokens: null };
  if (versionPath === null) return nothing;
  try {
    const url = `${rootOf(spec)}${versionPath}`;
    const response = await withDeadline(signal, factMs, (inner) => fetchBounded(url, { signal: inner }));
    if (!response.ok) return nothing;
    const facts = versionSchema.safeParse(await response.json()).data;
    return { version: facts?.version ?? null, contextTokens: facts?.max_total_tokens ?? null };
  } catch (error) {
    if (signal.aborted) throw error;
    return nothing;
  }
}

const renderedSchema = z.union([
  z.object({ tokens: z.array(z.int()).min(1) }).transform(({ tokens }) => tokens),
  z.object({ templated_text: z.string().min(1) }).transform(({ templated_text: text }) => text),
]);

/** Has every role and a second turn, as templates treat the first and the last message apart. */
export const renderedConversation: readonly ChatMessage[] = [
  { role: "system", content: "one" },
  { role: "user", content: "two" },
  { role: "assistant", content: "three" },
  { role: "user", content: "four" },
];

/**
 * The hash of what the server makes of a fixed conversation (vLLM `/tokenize`, TGI `/chat_tokenize`): another template or tokenizer
 * gives another one. Asked without the key. Null when the server does not say; rejects only when `signal` aborts.
 */
export async function askTemplate(
  spec: ServerSpec,
  fetchBounded: BoundedFetch,
  signal: AbortSignal,
): Promise<Hash | null> {
  const { renderPath } = presets[spec.preset];
  if (renderPath === null) return null;
  const body = JSON.stringify({ model: spec.name, messages: renderedConversation });
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await withDeadline(signal, factMs, (inner) =>
      fetchBounded(`${rootOf(spec)}${renderPath}`, { method: "POST", headers, body, signal: inner }),
    );
    const rendered = response.ok ? renderedSchema.safeParse(await response.json()).data : undefined;
    return rendered === undefined ? null : hashJson(rendered);
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

function rootOf(spec: ServerSpec): string {
  return spec.url.replace(/\/v1$/, "");
}
