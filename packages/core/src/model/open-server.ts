import { ModelError } from "../errors.ts";
import type { Hash } from "../hash.ts";
import { isOtherModel } from "./adapter-check.ts";
import type { CallFailure } from "./call-failure.ts";
import type { Connection } from "./connection.ts";
import { type Backend, capabilities, type Preset, type PresetName } from "./presets.ts";
import type { Redact } from "./redact.ts";
import {
  askBackend,
  askTemplate,
  askVersion,
  isServed,
  listedContext,
  type ModelList,
  namesOf,
  parseModelList,
} from "./server-probe.ts";

/** What one server told about itself and the model when it was opened. */
export interface OpenedServer {
  readonly url: string;
  readonly backend: Backend | null;
  /** Software and version, e.g. `vllm 0.32.0`. */
  readonly server: string | null;
  /** Prompt plus output; null when it does not say. */
  readonly contextTokens: number | null;
  readonly template: Hash | null;
  /** All names of the model and of what it is made from. */
  readonly names: readonly string[];
}

export interface OpenQuestion {
  readonly preset: PresetName;
  /** The model's name. */
  readonly name: string;
  /** As on the command line, for messages. */
  readonly spec: string;
  readonly openMs: number;
  readonly redact: Redact;
  /** The error of a request that failed. */
  readonly givenUp: (failure: CallFailure) => ModelError;
}

/**
 * Reaches one server: does it serve the model, and what is it?
 * @throws ModelError when it cannot be reached, refuses, has another kind of page there or does not serve the model.
 */
export async function openServer(
  connection: Connection,
  question: OpenQuestion,
  signal: AbortSignal,
): Promise<OpenedServer> {
  const { url } = connection;
  const { name, redact } = question;
  const models = await listModels(connection, question, signal);
  const backend = question.preset === "compatible" ? await askBackend(url, connection.fetch, signal) : null;
  const preset = capabilities(question.preset, backend);
  if (models !== null && !isServed(models, preset, name)) {
    await checkUnlisted(connection, preset, models, question, signal);
  }
  const [facts, template] = await Promise.all([
    askVersion(url, preset, connection.fetch, signal),
    askTemplate(url, name, preset, connection.fetch, signal),
  ]);
  return {
    url,
    backend,
    server: facts.version === null ? null : `${backend ?? preset.name} ${redact(facts.version)}`,
    contextTokens: listedContext(models ?? [], name) ?? facts.contextTokens,
    template,
    names: namesOf(models ?? [], name),
  };
}

/** The models the server lists, or null when it has no list. */
async function listModels(
  connection: Connection,
  { spec, openMs, givenUp }: OpenQuestion,
  signal: AbortSignal,
): Promise<ModelList | null> {
  const answer = await connection.get("/models", openMs, signal);
  if (!answer.ok) {
    if (answer.failure.status === 404 || answer.failure.status === 405) return null;
    throw givenUp(answer.failure);
  }
  const models = parseModelList(answer.value);
  if (models !== null) return models;
  throw new ModelError(
    "bad_reply",
    `model ${spec}: ${connection.url}/models holds no list of models; check that the address is an OpenAI-compatible API (it usually ends in /v1)`,
  );
}

/** A name that is not listed is no model, except that TGI does not list its adapters: those are told from its base model. */
async function checkUnlisted(
  connection: Connection,
  preset: Preset,
  models: ModelList,
  { name, spec, openMs, redact }: OpenQuestion,
  signal: AbortSignal,
): Promise<void> {
  const [base] = preset.unlistedNames;
  if (preset.lora === "static" && base !== undefined) {
    if (await isOtherModel(connection, name, base, openMs, signal)) return;
    throw new ModelError(
      "unknown_model",
      `model ${spec}: the server answers to this name as its base model does, so it has no such adapter; name it when the server starts (LORA_ADAPTERS)`,
    );
  }
  const names = models.slice(0, 5).map((model) => redact(model.id));
  const more = models.length > names.length ? ` and ${models.length - names.length} more` : "";
  const served = names.length === 0 ? "none" : `${names.join(", ")}${more}`;
  throw new ModelError("unknown_model", `model ${spec}: the server does not serve it; it serves ${served}`, {
    data: { available: names },
  });
}
