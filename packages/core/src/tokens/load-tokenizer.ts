import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupError, UsageError } from "../errors.ts";
import { chatTemplate, type TemplateConfig } from "./chat-template.ts";
import { ExactCounter } from "./exact-counter.ts";
import { knownTokenizers, type TokenizerName, tokenizerNames } from "./known-tokenizers.ts";
import { Tokenizer } from "./tokenizer.ts";

const loaded = new Map<TokenizerName, Promise<ExactCounter>>();

/** The counter of a known tokenizer, one for the whole process: its caches serve every episode. */
export function exactCounter(name: TokenizerName): Promise<ExactCounter> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const counter = readCounter(tokenizerPath(name), modulePath(knownTokenizers[name].config), name);
  loaded.set(name, counter);
  return counter;
}

/**
 * The counter of a known tokenizer by name, or of a `tokenizer.json`, or of the folder of a model that holds one. The template is looked
 * for beside it, in `chat_template.jinja` or `tokenizer_config.json`; without one prompts are rendered as plain ChatML.
 * @throws UsageError when there is no such file; SetupError when it is none that can be counted exactly.
 */
export async function openCounter(nameOrPath: string): Promise<ExactCounter> {
  const name = tokenizerNames.find((one) => one === nameOrPath);
  if (name !== undefined) return exactCounter(name);
  const isFolder = existsSync(nameOrPath) && statSync(nameOrPath).isDirectory();
  const path = isFolder ? join(nameOrPath, "tokenizer.json") : nameOrPath;
  if (!existsSync(path)) {
    throw new UsageError(
      "tokenizer",
      `no tokenizer in ${nameOrPath}: give ${tokenizerNames.join(", ")}, a tokenizer.json, or a folder that holds one`,
    );
  }
  return readCounter(path, join(dirname(path), "tokenizer_config.json"), path);
}

async function readCounter(path: string, configPath: string, where: string): Promise<ExactCounter> {
  const tokenizer = new Tokenizer(readJson(path), where);
  const config = existsSync(configPath) ? (readJson(configPath) as TemplateConfig) : {};
  const jinja = join(dirname(path), "chat_template.jinja");
  const template = existsSync(jinja) ? { ...config, chat_template: readFileSync(jinja, "utf8") } : config;
  return new ExactCounter(tokenizer, await chatTemplate(template, where));
}

/** Where the `tokenizer.json` of a known tokenizer lies. */
export function tokenizerPath(name: TokenizerName): string {
  return modulePath(knownTokenizers[name].tokenizer);
}

function modulePath(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new SetupError("tokenizer", `${path} cannot be read as JSON`, { cause });
  }
}
