import { z } from "zod";
import { type Hash, hashJson } from "../hash.ts";
import type { BoundedFetch } from "./bounded-fetch.ts";
import type { ChatMessage } from "./chat-model.ts";
import { withDeadline } from "./deadline.ts";
import type { Backend, Preset } from "./presets.ts";

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
export function isServed(models: ModelList, preset: Preset, name: string): boolean {
  return preset.unlistedNames.includes(name) || models.some((model) => model.id === name);
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
  // llama.cpp's names for both.
  build_info: z.string().max(100).nullish().catch(null),
  default_generation_settings: z.object({ n_ctx: z.int().positive() }).nullish().catch(null),
});

/** Version and template are nice to know and nothing to wait for. */
const factMs = 3000;

/** A server's own address, without the path of its API. */
export function rootOf(url: string): string {
  return url.replace(/\/v1$/, "");
}

/** A JSON page of the server, asked without the key; null when there is none. Rejects only when `signal` aborts. */
async function askPage(url: string, fetchBounded: BoundedFetch, signal: AbortSignal, init?: RequestInit) {
  try {
    const response = await withDeadline(signal, factMs, (inner) => fetchBounded(url, { ...init, signal: inner }));
    return response.ok ? ((await response.json()) as unknown) : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

/** By which page each kind of server gives itself away (spec serving §3), the more particular first: many have a `/version`. */
const signs: readonly (readonly [Backend, string, z.ZodType])[] = [
  ["sglang", "/get_server_info", z.object({ model_path: z.string() })],
  ["tgi", "/info", z.object({ model_id: z.string(), max_concurrent_requests: z.int() })],
  ["llamacpp", "/props", z.object({ default_generation_settings: z.object({}) })],
  ["ollama", "/api/version", z.object({ version: z.string() })],
  ["vllm", "/version", z.object({ version: z.string() })],
];

/** What kind of server answers at an address; null when it is none that we know. Rejects only when `signal` aborts. */
export async function askBackend(
  url: string,
  fetchBounded: BoundedFetch,
  signal: AbortSignal,
): Promise<Backend | null> {
  const pages = await Promise.all(signs.map(([, path]) => askPage(`${rootOf(url)}${path}`, fetchBounded, signal)));
  return signs.find(([, , schema], i) => schema.safeParse(pages[i]).success)?.[0] ?? null;
}

/** Asks for the server's version (vLLM `/version`, TGI `/info`), without the key. Rejects only when `signal` aborts. */
export async function askVersion(
  url: string,
  { versionPath }: Preset,
  fetchBounded: BoundedFetch,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const page = versionPath === null ? null : await askPage(`${rootOf(url)}${versionPath}`, fetchBounded, signal);
  const facts = versionSchema.safeParse(page).data;
  return {
    version: facts?.version ?? facts?.build_info ?? null,
    contextTokens: facts?.max_total_tokens ?? facts?.default_generation_settings?.n_ctx ?? null,
  };
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
  url: string,
  name: string,
  { renderPath }: Preset,
  fetchBounded: BoundedFetch,
  signal: AbortSignal,
): Promise<Hash | null> {
  if (renderPath === null) return null;
  const body = JSON.stringify({ model: name, messages: renderedConversation });
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  const page = await askPage(`${rootOf(url)}${renderPath}`, fetchBounded, signal, init);
  const rendered = renderedSchema.safeParse(page).data;
  return rendered === undefined ? null : hashJson(rendered);
}
