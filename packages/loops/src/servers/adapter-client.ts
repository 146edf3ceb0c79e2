import { ModelError, redactor } from "@metamem/core";
import { z } from "zod";
import type { PublishedAdapter } from "./adapter-folder.ts";

const answerMs = 120_000;

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** The adapter endpoints of one vLLM (spec serving §1.7); they exist only where `VLLM_ALLOW_RUNTIME_LORA_UPDATING` was set at its start. */
export class AdapterClient {
  readonly url: string;
  private readonly key: string | null;
  private readonly ending = new AbortController();
  private readonly ensuring = new Map<string, Promise<void>>();

  /** @param url address of the API, ending in `/v1`. */
  constructor(url: string, key: string | null) {
    this.url = url;
    this.key = key;
  }

  /**
   * Makes sure that the server serves the adapter, and loads it when it does not. Whoever asks while that is being done waits for it instead of
   * doing it again.
   * @throws ModelError
   */
  async ensure(adapter: PublishedAdapter, signal: AbortSignal): Promise<void> {
    const { name } = adapter;
    let work = this.ensuring.get(name);
    if (work === undefined) {
      work = this.loadUnlessServed(adapter).finally(() => this.ensuring.delete(name));
      this.ensuring.set(name, work);
    }
    await orAborted(work, signal);
  }

  /** Ends what `ensure` is doing. */
  close(): void {
    this.ending.abort();
  }

  /** Makes the server know the adapter; one that it knows already is fine, as names are never used twice. @throws ModelError */
  async load(name: string, folder: string, signal: AbortSignal): Promise<void> {
    const { status, text } = await this.post("load_lora_adapter", { lora_name: name, lora_path: folder }, signal);
    if (status === 200 || (status === 400 && text.includes("already been loaded"))) return;
    throw this.refused(`does not load adapter ${name} from ${folder}`, status, text);
  }

  /** Makes the server forget the adapter; one that it does not know is fine. @throws ModelError */
  async unload(name: string, signal: AbortSignal): Promise<void> {
    const { status, text } = await this.post("unload_lora_adapter", { lora_name: name }, signal);
    if (status === 200 || (status === 404 && text.includes(name))) return;
    throw this.refused(`does not unload adapter ${name}`, status, text);
  }

  /** Names of all that the server serves. @throws ModelError */
  async names(signal: AbortSignal): Promise<readonly string[]> {
    const { status, text } = await this.send("models", { method: "GET" }, signal);
    const list = status === 200 ? listSchema.safeParse(parsed(text)).data : undefined;
    if (list === undefined) throw this.refused("does not list its models", status, text);
    return list.data.map(({ id }) => id);
  }

  private async loadUnlessServed({ name, folder }: PublishedAdapter): Promise<void> {
    const { signal } = this.ending;
    if ((await this.names(signal)).includes(name)) return;
    await this.load(name, folder, signal);
    if ((await this.names(signal)).includes(name)) return;
    throw new ModelError("adapter_refused", `${this.url} took adapter ${name} but does not list it`);
  }

  private post(path: string, body: Readonly<Record<string, string>>, signal: AbortSignal) {
    const headers = { "Content-Type": "application/json" };
    return this.send(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
  }

  private async send(
    path: string,
    init: { readonly method: string; readonly headers?: Record<string, string>; readonly body?: string },
    signal: AbortSignal,
  ): Promise<{ status: number; text: string }> {
    const authorization = this.key === null ? {} : { Authorization: `Bearer ${this.key}` };
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    try {
      const headers = { ...init.headers, ...authorization };
      const response = await fetch(`${this.url}/${path}`, { ...init, headers, signal: deadline, redirect: "manual" });
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      signal.throwIfAborted();
      throw new ModelError("unreachable", `${this.url}/${path} does not answer: check that the server is running`, {
        cause,
        retryable: true,
      });
    }
  }

  private refused(what: string, status: number, text: string): ModelError {
    const said = errorSchema.safeParse(parsed(text)).data?.error.message ?? text;
    const line = redactor(this.key)(said);
    const advice =
      status === 404 && !line.includes("adapter")
        ? "; start it with VLLM_ALLOW_RUNTIME_LORA_UPDATING=1, or name adapters when it starts"
        : "";
    return new ModelError("adapter_refused", `${this.url} ${what}: status ${status} (${line})${advice}`, {
      retryable: status >= 500,
      data: { status },
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What `work` comes to, or the signal's reason when that is first: the work goes on for others. */
function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
