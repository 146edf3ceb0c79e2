import {
  addresses,
  apiKey,
  type CreateModelOptions,
  ModelError,
  type ModelSpec,
  presets,
  type ServerSpec,
} from "@metamem/core";
import { AdapterClient } from "./adapter-client.ts";
import type { PublishedAdapter } from "./adapter-folder.ts";

/** Adapters by name: the folder that the servers read each from. */
export type AdapterFolders = Readonly<Record<string, string>>;

/**
 * Keeps the adapters that somebody plays known to the servers that are asked for them: before play, and again when a server was restarted
 * and has forgotten them (spec serving §1.7). Only servers that take adapters at run time are told; the others know theirs or do not.
 */
export class AdapterKeeper {
  private readonly folders: () => AdapterFolders;
  private readonly clients = new Map<string, AdapterClient>();

  /** @param folders looked up whenever an adapter is needed. */
  constructor(folders: () => AdapterFolders) {
    this.folders = folders;
  }

  /** Makes all servers of the model know it, when it is one of the adapters. One that is away is told when it is back. @throws ModelError */
  async ready(spec: ModelSpec, signal: AbortSignal): Promise<void> {
    const adapter = this.adapterOf(spec);
    if (spec.kind !== "server" || adapter === null) return;
    const telling = addresses(spec).map((url) => this.client(spec, url).ensure(adapter, signal));
    const settled = await Promise.allSettled(telling);
    signal.throwIfAborted();
    const failed = settled.find((one) => one.status === "rejected" && !isAway(one.reason));
    if (failed?.status === "rejected") throw failed.reason;
  }

  /** For the driver of a model, so that it can put the adapter back in the middle of a call. */
  driverOptions(spec: ModelSpec): Pick<CreateModelOptions, "restoreModel"> {
    if (spec.kind !== "server") return {};
    return { restoreModel: (url, signal) => this.restore(spec, url, signal) };
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private async restore(spec: ServerSpec, url: string, signal: AbortSignal): Promise<boolean> {
    const adapter = this.adapterOf(spec);
    if (adapter === null) return false;
    try {
      await this.client(spec, url).ensure(adapter, signal);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      // It went away again: asked once more, it says so itself, and the call waits for it like any other.
      return error instanceof ModelError && error.retryable;
    }
  }

  private adapterOf(spec: ModelSpec): PublishedAdapter | null {
    if (spec.kind !== "server" || presets[spec.preset].lora !== "runtime") return null;
    const folders = this.folders();
    const folder = Object.hasOwn(folders, spec.name) ? folders[spec.name] : undefined;
    return folder === undefined ? null : { name: spec.name, folder };
  }

  private client({ preset }: ServerSpec, url: string): AdapterClient {
    const client = this.clients.get(url) ?? new AdapterClient(url, apiKey(presets[preset], process.env).value);
    this.clients.set(url, client);
    return client;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof ModelError && error.code === "model.unreachable";
}
