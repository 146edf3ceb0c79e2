/**
 * What the kinds of server differ in, as data (spec serving §1-§3). A request holds the fields every server knows; anything else is
 * sent only where the record here says so.
 */
export interface Preset {
  readonly name: PresetName;
  /** Name of the output limit; `max_tokens` is refused by the newer OpenAI models. */
  readonly maxTokensField: "max_tokens" | "max_completion_tokens";
  /** What the server does with a field it does not know. `ignore` makes a typing error silent, `reject` answers 400. */
  readonly unknownFields: "ignore" | "reject";
  /** The server takes a sampling seed. */
  readonly seed: boolean;
  /** Context assumed when the server does not tell: low rather than high, a prompt beyond it is an error or silently cut. */
  readonly contextTokens: number;
  /** Environment variables that may hold the key, first one set wins. */
  readonly keyVariables: readonly string[];
  /** Statuses that mean "too busy, come back later". */
  readonly overloadStatuses: readonly number[];
  /** Where the server tells its version, relative to the server's root (`/v1` removed). */
  readonly versionPath: string | null;
  /** Where the server shows how its chat template renders a conversation, relative to its root. */
  readonly renderPath: string | null;
  /** Names the server takes without listing them. */
  readonly unlistedNames: readonly string[];
  /** Most stop strings one request may hold; further ones are found by the driver alone. */
  readonly maxStops: number;
  /** The server can say which tokens a reply and its prompt are made of. */
  readonly tokenIds: boolean;
  /** How LoRA adapters come to the server: at any time by name, at its start only, or not at all. */
  readonly lora: "runtime" | "static" | "none";
  /** Whose names its `/metrics` uses; null where there are none that we read. */
  readonly metrics: "vllm" | "tgi" | null;
}

/** What a server turned out to be whose preset leaves that open (`compatible`): software that we know by its answers. */
export type Backend = "vllm" | "tgi" | "sglang" | "llamacpp" | "ollama";

export type PresetName = "openai" | "vllm" | "tgi" | "compatible";

/** Our own variable. OPENAI_API_KEY is read for `openai` only, so that it never reaches another company's server. */
const ownKey = "METAMEM_API_KEY";

export const presets: Readonly<Record<PresetName, Preset>> = {
  openai: {
    name: "openai",
    maxTokensField: "max_completion_tokens",
    unknownFields: "reject",
    seed: true,
    contextTokens: 128_000,
    keyVariables: ["OPENAI_API_KEY", ownKey],
    overloadStatuses: [429, 503],
    versionPath: null,
    renderPath: null,
    unlistedNames: [],
    maxStops: 4,
    tokenIds: false,
    lora: "none",
    metrics: null,
  },
  vllm: {
    name: "vllm",
    maxTokensField: "max_tokens",
    unknownFields: "ignore",
    seed: true,
    contextTokens: 8192,
    keyVariables: [ownKey],
    overloadStatuses: [429, 503],
    versionPath: "/version",
    renderPath: "/tokenize",
    unlistedNames: [],
    maxStops: 4,
    tokenIds: true,
    lora: "runtime",
    metrics: "vllm",
  },
  tgi: {
    name: "tgi",
    maxTokensField: "max_tokens",
    unknownFields: "ignore",
    seed: true,
    contextTokens: 4096,
    keyVariables: [ownKey],
    overloadStatuses: [429, 503],
    versionPath: "/info",
    renderPath: "/chat_tokenize",
    // Its name for the base model. Any other unlisted name would silently mean the base model too (spec serving §2).
    unlistedNames: ["tgi"],
    maxStops: 4,
    tokenIds: false,
    lora: "static",
    metrics: "tgi",
  },
  compatible: {
    name: "compatible",
    maxTokensField: "max_tokens",
    unknownFields: "ignore",
    seed: true,
    contextTokens: 8192,
    keyVariables: [ownKey],
    overloadStatuses: [429, 503, 529],
    versionPath: "/version",
    // A server of any kind may mean something else by these paths.
    renderPath: null,
    unlistedNames: [],
    maxStops: 4,
    tokenIds: false,
    lora: "none",
    metrics: null,
  },
};

/** What is known of a server by its preset, and where that leaves it open, by what the server turned out to be. */
export function capabilities(preset: PresetName, backend: Backend | null): Preset {
  const base = presets[preset];
  if (preset !== "compatible" || backend === null) return base;
  if (backend === "vllm" || backend === "tgi") return { ...presets[backend], keyVariables: base.keyVariables };
  return { ...base, ...byBackend[backend] };
}

/** What differs from `compatible`. */
const byBackend: Readonly<Record<Exclude<Backend, "vllm" | "tgi">, Partial<Preset>>> = {
  sglang: { lora: "runtime", versionPath: "/get_server_info" },
  llamacpp: { lora: "static", versionPath: "/props" },
  ollama: { versionPath: "/api/version" },
};
