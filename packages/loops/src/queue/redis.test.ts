import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { connectRedis, parseQueueUrl } from "./redis.ts";

describe("parseQueueUrl", () => {
  test("shows host, port and database, never user or password", () => {
    const { label, options } = parseQueueUrl("redis://me:p%40ss@head:7000/2", {});
    expect(label).toBe("head:7000/2");
    expect(options).toEqual({ host: "head", port: 7000, db: 2, username: "me", password: "p@ss" });
    expect(parseQueueUrl("rediss://[::1]", {}).options).toMatchObject({ host: "::1", port: 6379, tls: {} });
  });

  test("takes the password from the environment when the URL has none", () => {
    const env = { METAMEM_REDIS_PASSWORD: "secret" };
    expect(parseQueueUrl("redis://head", env).options.password).toBe("secret");
    expect(parseQueueUrl("redis://:own@head", env).options.password).toBe("own");
  });

  test.each(["head:6379", "http://:secret@head", "redis://:secret@", "redis://:secret@head/x", "secret"])(
    "refuses %s without repeating it",
    (text) => {
      expect(() => parseQueueUrl(text, {})).toThrow("--queue takes redis://host:port");
      expect(() => parseQueueUrl(text, {})).not.toThrow("secret");
    },
  );
});

describe("connectRedis", () => {
  let server: Server | null = null;
  const sockets: Socket[] = [];
  afterEach(() => server?.close());

  /** Something on a port that answers each INFO with these lines, and everything else with `+OK`. */
  async function answering(info: string | null, port = 0): Promise<string> {
    const started = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      socket.on("data", (data) => {
        const asked = data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g);
        for (const [, name] of asked) {
          const isInfo = name?.toLowerCase() === "info";
          if (info === null) socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
          else socket.write(isInfo ? `$${info.length}\r\n${info}\r\n` : "+OK\r\n");
        }
      });
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(port, "127.0.0.1", resolve));
    const address = started.address();
    return `redis://:hidden@127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  async function refusal(url: string): Promise<string> {
    try {
      (await connectRedis(parseQueueUrl(url, {}), () => {})).disconnect();
      return "connected";
    } catch (error) {
      return String(error);
    }
  }

  test("says what is wrong in one line", async () => {
    expect(await refusal("redis://:hidden@127.0.0.1:1")).toMatch(
      /cannot use Redis at 127.0.0.1:1: nothing listens there/,
    );
    expect(await refusal(await answering(null))).toMatch(/what answers is not Redis/);
  });

  test("refuses servers that are too old or that throw jobs away", async () => {
    expect(await refusal(await answering("redis_version:5.0.7\r\nloading:0\r\n"))).toMatch(
      /is version 5\.0\.7; the queue needs Redis 6\.2, Valkey 7\.2 or newer/,
    );
    const evicting = "redis_version:7.0.15\r\nloading:0\r\nmaxmemory_policy:allkeys-lru\r\n";
    expect(await refusal(await answering(evicting))).toMatch(/may throw jobs away: maxmemory-policy is allkeys-lru/);
    expect(await refusal(await answering("redis_version:7.2.4\r\nmaxmemory_policy:noeviction\r\n"))).toBe("connected");
  });

  test("a copy that is made while the server is away connects when it is back", async () => {
    const url = await answering("redis_version:7.2.4\r\nloading:0\r\n");
    const redis = await connectRedis(parseQueueUrl(url, {}), () => {});
    server?.close();
    sockets.splice(0).forEach((socket) => void socket.destroy());
    const copy = redis.duplicate();
    await new Promise((resolve) => copy.once("error", resolve));
    const ready = new Promise((resolve) => copy.once("ready", resolve));
    await answering("redis_version:7.2.4\r\nloading:0\r\n", Number(new URL(url).port));
    await ready;
    copy.disconnect();
    redis.disconnect();
  });

  test("never tells the password", async () => {
    for (const info of [null, "redis_version:5.0.7\r\n"])
      expect(await refusal(await answering(info))).not.toContain("hidden");
  });
});
