import { rmSync } from "node:fs";
import { ModelError, systemClock } from "@metamem/core";
import { AdapterClient } from "./adapter-client.ts";
import { adapterName, checkAdapter, type PublishedAdapter, placeAdapter } from "./adapter-folder.ts";

export interface AdapterStoreOptions {
  /** Where adapters lie; the servers must see it under the same path. */
  readonly root: string;
  /** Addresses of the replicas' APIs, ending in `/v1`. */
  readonly urls: readonly string[];
  readonly key: string | null;
  /** The servers' `--max-lora-rank`. */
  readonly maxRank: number;
}

const drainPollMs = 100;

/**
 * The adapters of running servers: published under immutable names on all replicas, retired when nobody uses them any more
 * (spec serving §1.7).
 */
export class AdapterStore {
  private readonly options: AdapterStoreOptions;
  private readonly clients: readonly AdapterClient[];
  private readonly published = new Map<string, PublishedAdapter>();
  private readonly users = new Map<string, number>();
  private readonly retiring = new Set<string>();

  constructor(options: AdapterStoreOptions) {
    this.options = options;
    this.clients = options.urls.map((url) => new AdapterClient(url, options.key));
  }

  /** Names that may be used now. */
  get names(): readonly string[] {
    return [...this.published.keys()].filter((name) => !this.retiring.has(name));
  }

  /**
   * Copies the adapter in `source` to its final place and makes all replicas serve it as `<run>-v<version>`.
   * @throws UsageError for an adapter that servers refuse or a name that is taken; ModelError when a replica does not take it: then no
   *   replica keeps it.
   */
  async publish(source: string, run: string, version: number, signal: AbortSignal): Promise<PublishedAdapter> {
    checkAdapter(source, this.options.maxRank);
    const adapter = placeAdapter(source, this.options.root, adapterName(run, version));
    try {
      await Promise.all(this.clients.map((client) => client.ensure(adapter, signal)));
    } catch (error) {
      const undo = new AbortController().signal;
      await Promise.allSettled(this.clients.map((client) => client.unload(adapter.name, undo)));
      rmSync(adapter.folder, { recursive: true, force: true });
      throw error;
    }
    this.published.set(adapter.name, adapter);
    return adapter;
  }

  /** Marks an adapter as used, by an episode or a call, until it is disposed of: a used adapter is not unloaded. */
  use(name: string): Disposable {
    if (!this.published.has(name) || this.retiring.has(name)) {
      throw new ModelError("unknown_adapter", `adapter ${name} is not published, or is being retired`);
    }
    this.users.set(name, (this.users.get(name) ?? 0) + 1);
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.users.set(name, (this.users.get(name) ?? 1) - 1);
      },
    };
  }

  /** Lets nobody begin to use the adapter, waits for those who do, unloads it everywhere and then removes its folder. */
  async retire(name: string, signal: AbortSignal): Promise<void> {
    const adapter = this.published.get(name);
    if (adapter === undefined) throw new ModelError("unknown_adapter", `adapter ${name} is not published`);
    this.retiring.add(name);
    try {
      while ((this.users.get(name) ?? 0) > 0) await systemClock.sleep(drainPollMs, signal);
      await Promise.all(this.clients.map((client) => client.unload(name, signal)));
      rmSync(adapter.folder, { recursive: true, force: true });
      this.published.delete(name);
      this.users.delete(name);
    } finally {
      this.retiring.delete(name);
    }
  }

  /** Puts all published adapters on one replica, after it was started again. */
  async restore(url: string, signal: AbortSignal): Promise<void> {
    const client = this.clients.find((one) => one.url === url);
    if (client === undefined) return;
    for (const adapter of this.published.values()) await client.ensure(adapter, signal);
  }

  /** For `CreateModelOptions.restoreModel`: whether `name` is an adapter of ours that the replica at `url` now has again. */
  async restoreOne(name: string, url: string, signal: AbortSignal): Promise<boolean> {
    const adapter = this.published.get(name);
    const client = this.clients.find((one) => one.url === url);
    if (adapter === undefined || client === undefined) return false;
    try {
      await client.ensure(adapter, signal);
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }
}
