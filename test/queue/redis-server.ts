import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { RedisClient } from "bun";

/** Where tests look for a server: Debian's package, or Valkey, which is its continuation under another name. */
const programs = ["redis-server", "valkey-server"] as const;

/** A real Redis on the loopback interface with a password and an append-only file: what it confirmed outlives a kill. */
export class RedisServer implements AsyncDisposable {
  readonly password = "not-to-be-seen";
  readonly port: number;
  private readonly folder: string;
  private child: Bun.Subprocess | null = null;
  private over = false;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(folder, await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    // A test that ran out of time goes on behind the next one's back.
    if (this.over) throw new Error("the test is over");
    const program = programs.map((name) => Bun.which(name)).find((path) => path !== null);
    if (program === undefined) throw new Error("redis-server is not on PATH; 'bun run test' installs it");
    const log = `${this.folder}/redis.log`;
    const settings = {
      port: this.port,
      bind: "127.0.0.1",
      dir: this.folder,
      requirepass: this.password,
      appendonly: "yes",
      appendfsync: "everysec",
      save: "",
      logfile: log,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const before = readyLines(log);
    this.child = Bun.spawn([program, ...args], { stdio: ["ignore", "ignore", "ignore"] });
    while (readyLines(log) === before) {
      if (this.child.exitCode !== null) throw new Error(`redis-server ended: ${readFileSync(log, "utf8")}`);
      await Bun.sleep(10);
    }
  }

  /** Episodes that no worker has taken yet. */
  async waiting(): Promise<number> {
    return Number(await this.ask("LLEN", "metamem:episodes:wait"));
  }

  /** Whether a producer has told the workers of the only run that no call may begin any more. */
  async stopOrdered(): Promise<boolean> {
    const keys = (await this.ask("KEYS", "metamem:run:*")) as readonly string[];
    const orders = keys.filter((key) => /:[0-9a-f]{16}$/.test(key));
    return orders.length > 0 && (await this.ask("HEXISTS", orders[0] ?? "", "stop")) === 1;
  }

  private async ask(command: string, ...args: string[]): Promise<unknown> {
    const client = new RedisClient(this.url);
    try {
      return await client.send(command, args);
    } finally {
      client.close();
    }
  }

  /** Ends it, by default as a power cut would. */
  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.child?.kill(signal);
    await this.child?.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.over = true;
    await this.stop();
  }
}

function readyLines(log: string): number {
  return existsSync(log) ? readFileSync(log, "utf8").split("Ready to accept connections").length - 1 : 0;
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
  });
  return await promise;
}
