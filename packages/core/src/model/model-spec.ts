import { UsageError } from "../errors.ts";
import { type PresetName, presets } from "./presets.ts";

export interface ScriptedSpec {
  readonly kind: "scripted";
}

/** A model behind a server that speaks the OpenAI protocol. */
export interface ServerSpec {
  readonly kind: "server";
  readonly preset: PresetName;
  /** The model's name as the server knows it; may hold `/`, `:` and `@`. */
  readonly name: string;
  /** Address of the API, usually ending in `/v1`; no trailing slash, never with credentials. */
  readonly url: string;
  /** All addresses, `url` first, when several servers serve the same model. */
  readonly replicas?: readonly string[];
}

export type ModelSpec = ScriptedSpec | ServerSpec;

const example = "for example vllm:Qwen/Qwen2.5-32B-Instruct@http://localhost:8000/v1";
const longestSpec = 2000;

/**
 * Reads `scripted` or `preset:name@url`; the address starts at the last `@http://` or `@https://`. Several servers of the same model
 * are given as `preset:name@url,url`.
 * @throws UsageError that says what is wrong and shows an example, and never repeats credentials.
 */
export function parseModelSpec(text: string): ModelSpec {
  if (text === "scripted") return { kind: "scripted" };
  const shape = /^([a-z]+):(.+)@(https?:\/\/.+)$/.exec(text);
  const [, preset, name, address] = shape ?? [];
  if (text.length > longestSpec || preset === undefined || name === undefined || address === undefined) {
    throw bad(text, `is neither 'scripted' nor 'preset:name@url'`);
  }
  if (!isPreset(preset))
    throw bad(text, `names the unknown preset '${preset}'; there are ${Object.keys(presets).join(", ")}`);
  if (/[\s\p{Cc}]/u.test(name)) throw bad(text, "has white space in the model's name");
  const [url = "", ...others] = address.split(/,(?=https?:\/\/)/).map((one) => serverUrl(text, one));
  if (new Set([url, ...others]).size <= others.length) throw bad(text, "names the same address twice");
  const spec: ServerSpec = { kind: "server", preset, name, url };
  return others.length === 0 ? spec : { ...spec, replicas: [url, ...others] };
}

/** The spec as it is written on the command line. */
export function formatModelSpec(spec: ModelSpec): string {
  return spec.kind === "scripted" ? "scripted" : `${spec.preset}:${spec.name}@${addresses(spec).join(",")}`;
}

/** All servers of a spec, at least one. */
export function addresses(spec: ServerSpec): readonly string[] {
  return spec.replicas ?? [spec.url];
}

function serverUrl(text: string, address: string): string {
  if (!URL.canParse(address)) throw bad(text, "has an address that is no URL");
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") {
    throw bad(
      text,
      "has credentials in its address; a key belongs in the environment, as METAMEM_API_KEY or OPENAI_API_KEY",
    );
  }
  if (url.search !== "" || url.hash !== "")
    throw bad(text, "has a query or a fragment in its address; name the bare address");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function isPreset(name: string): name is PresetName {
  return Object.hasOwn(presets, name);
}

function bad(text: string, problem: string): UsageError {
  return new UsageError("model_spec", `model '${shown(text)}' ${problem} (${example})`);
}

/** The text on one bounded line, without what could be a password or a key: user information, query, fragment. */
function shown(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").slice(0, 500);
  return line
    .replace(/:\/\/[^/]*@/g, "://***@")
    .replace(/[?#].*$/, "")
    .slice(0, 120);
}
