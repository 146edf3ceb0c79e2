import type { PresetName } from "@metamem/core";
import { ServerProcess, type ServerProcessOptions } from "./server-process.ts";

/** Several servers of the same model, started and stopped together. */
export class ServerPool {
  readonly servers: readonly ServerProcess[];

  constructor(servers: readonly ServerProcessOptions[]) {
    this.servers = servers.map((options) => new ServerProcess(options));
  }

  /** Addresses of the APIs. */
  get urls(): readonly string[] {
    return this.servers.map(({ root }) => `${root}/v1`);
  }

  /** Addresses without a path. */
  get roots(): readonly string[] {
    return this.servers.map(({ root }) => root);
  }

  /** How `--model` names these servers; an episode stays with one of them. */
  spec(preset: PresetName, name: string): string {
    return `${preset}:${name}@${this.urls.join(",")}`;
  }

  /**
   * Starts all and resolves when all answer.
   * @throws SetupError when one does not come up, or the signal's reason; none is left running then.
   */
  async start(signal: AbortSignal): Promise<void> {
    const settled = await Promise.allSettled(this.servers.map((server) => server.start(signal)));
    const failed = settled.find((one) => one.status === "rejected");
    if (failed === undefined) return;
    await this.stop();
    throw failed.reason;
  }

  /** Resolves with the first server that is given up for good. */
  failed(): ReturnType<ServerProcess["failed"]> {
    return Promise.race(this.servers.map((server) => server.failed()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

/** A TCP port of the loopback interface that nothing listens on now. */
export function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = server;
  server.stop(true);
  return port;
}
