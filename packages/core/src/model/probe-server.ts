import { ModelError } from "../errors.ts";
import { type ApiKey, apiKey, type Variables } from "./api-key.ts";
import { defaultCallLimits } from "./call-limits.ts";
import { systemClock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { givenUp } from "./given-up.ts";
import { type Backend, capabilities, type Preset, presets } from "./presets.ts";
import { redactor } from "./redact.ts";
import { askBackend, askVersion, listedContext, parseModelList } from "./server-probe.ts";

export interface ServedModel {
  readonly id: string;
  /** The base model of an adapter; null for a base model. */
  readonly parent: string | null;
  readonly contextTokens: number | null;
}

/** What an address turns out to be. */
export interface ServerDescription {
  readonly url: string;
  /** Null: speaks the protocol, but is none that we know. */
  readonly backend: Backend | null;
  readonly version: string | null;
  readonly models: readonly ServedModel[];
  readonly capabilities: Preset;
}

/**
 * Finds out what answers at an address, with the key of the environment.
 * @param url address of the API, usually ending in `/v1`.
 * @throws ModelError when nothing answers there, or something that is no OpenAI-compatible API.
 */
export async function probeServer(
  url: string,
  signal: AbortSignal,
  variables: Variables = process.env,
): Promise<ServerDescription> {
  const key: ApiKey = apiKey(presets.compatible, variables);
  const redact = redactor(key.value);
  const { maxBodyBytes, openMs } = defaultCallLimits;
  const failureContext = () => ({ preset: presets.compatible, redact, now: systemClock.now() });
  const connection = new Connection({ url, key, maxBodyBytes, failureContext });
  const [answer, backend] = await Promise.all([
    connection.get("/models", openMs, signal),
    askBackend(url, connection.fetch, signal),
  ]);
  if (!answer.ok) throw givenUp(`at ${url}`, key, answer.failure, []);
  const models = parseModelList(answer.value);
  if (models === null) {
    throw new ModelError("bad_reply", `${url}/models holds no list of models; the address usually ends in /v1`);
  }
  const known = capabilities("compatible", backend);
  const facts = await askVersion(url, known, connection.fetch, signal);
  return {
    url,
    backend,
    version: facts.version === null ? null : redact(facts.version),
    models: models.map(({ id, parent }) => ({
      id: redact(id),
      parent: parent ?? null,
      contextTokens: listedContext(models, id) ?? facts.contextTokens,
    })),
    capabilities: known,
  };
}
