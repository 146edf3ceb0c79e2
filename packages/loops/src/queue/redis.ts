import { MetamemError, SetupError, UsageError } from "@metamem/core";
import type { Redis, RedisOptions } from "ioredis";

/** Where the password may stand instead of the URL, which other users of a machine can read from its list of processes. */
export const passwordVariable = "METAMEM_REDIS_PASSWORD";

/** What BullMQ's scripts need, and what is tested: older ones lack commands. */
const oldestRedis = ">=6.2.0";
const connectMs = 5000;
const slowestRetryMs = 2000;
/** A connection that owes an answer for so long is given up, and its commands are sent by the next one. BullMQ lets the server wait up to 10 s. */
const silentMs = 20_000;

/** A queue's server as it may be shown: never with its password. */
export interface QueueAddress {
  /** `host:port`, with the number of the database if it is not 0. */
  readonly label: string;
  readonly options: Pick<RedisOptions, "host" | "port" | "db" | "username" | "password" | "tls">;
}

/**
 * Reads `redis://[user:password@]host[:port][/db]`, `rediss://` for TLS.
 * @throws UsageError that does not repeat what was given: it may hold a password.
 */
export function parseQueueUrl(text: string, env: Readonly<Record<string, string | undefined>>): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const db = Number(url?.pathname.slice(1) ?? "");
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "" || !Number.isSafeInteger(db)) {
    throw new UsageError("queue", "--queue takes redis://host:port or redis://host:port/db (rediss:// for TLS)");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? 6379 : Number(url.port);
  const password = url.password === "" ? env[passwordVariable] : decodeURIComponent(url.password);
  return {
    label: `${url.hostname}:${port}${db === 0 ? "" : `/${db}`}`,
    options: {
      host,
      port,
      db,
      ...(url.username === "" ? {} : { username: decodeURIComponent(url.username) }),
      ...(password === undefined || password === "" ? {} : { password }),
      ...(url.protocol === "rediss:" ? { tls: { servername: host } } : {}),
    },
  };
}

/**
 * Connects, or says in one line why that is not possible. Once connected, a server that goes away, or falls silent, is waited for: commands are
 * held back and sent when it is there again. Only a transaction whose answer had begun is refused (`isCutShort`). `onTrouble` is told when waiting
 * begins (a reason) and ends (null).
 */
export async function connectRedis(
  { label, options }: QueueAddress,
  onTrouble: (reason: string | null) => void,
): Promise<Redis> {
  const { Redis: Client } = await import("ioredis");
  let connected = false;
  let away = false;
  let lastError: unknown = null;
  const redis = new Client({
    ...options,
    lazyConnect: true,
    connectTimeout: connectMs,
    socketTimeout: silentMs,
    // BullMQ insists on it: a command waits for the connection as long as it takes.
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => (connected ? Math.min(100 * tries, slowestRetryMs) : null),
  });
  redis.on("error", (error: unknown) => {
    lastError = error;
  });
  redis.on("close", () => {
    if (!connected || away || redis.status === "end") return;
    away = true;
    onTrouble(`the connection to Redis at ${label} is lost; waiting for it`);
  });
  redis.on("ready", () => {
    if (away) onTrouble(null);
    away = false;
  });
  try {
    await redis.connect();
    // The client itself goes on with database 0 when there is no such one.
    if (options.db !== undefined && options.db !== 0) await redis.select(options.db);
    await insistOnServer(redis, label);
    connected = true;
    // Copies connect at once and go on trying. A lazy one is connected by who made it, and BullMQ's worker gives up for good when that fails once.
    redis.options.lazyConnect = false;
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error instanceof MetamemError
      ? error
      : unreachable(label, redis.status === "ready" ? error : (lastError ?? error));
  }
}

/** Whether a command was refused because its connection was lost in the middle of the answer: it may have had its effect, or not. */
export function isCutShort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

async function insistOnServer(redis: Redis, label: string): Promise<void> {
  const [server, memory] = [await redis.info("server"), await redis.info("memory")];
  const version = field(server, "redis_version") ?? "unknown";
  if (!Bun.semver.satisfies(version, oldestRedis)) {
    const what = `Redis at ${label} is version ${version}`;
    throw new SetupError("queue_version", `${what}; the queue needs Redis 6.2, Valkey 7.2 or newer`);
  }
  const policy = field(memory, "maxmemory_policy");
  if (policy !== null && policy !== "noeviction") {
    const advice = "set it to noeviction (redis-cli config set maxmemory-policy noeviction)";
    throw new SetupError(
      "queue_eviction",
      `Redis at ${label} may throw jobs away: maxmemory-policy is ${policy}; ${advice}`,
    );
  }
}

function field(info: string, name: string): string | null {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? null;
}

/** Only the server's own words and codes are repeated: an error's other fields may hold the command, and with it the password. */
function unreachable(label: string, error: unknown): SetupError {
  const { message, code } = error as { readonly message?: unknown; readonly code?: unknown };
  const text = `${typeof code === "string" ? code : ""} ${String(message)}`;
  if (/NOAUTH|WRONGPASS|NOPERM|invalid password|without any password/i.test(text)) {
    const advice = `give user and password in --queue or ${passwordVariable}`;
    return new SetupError("queue_auth", `Redis at ${label} refuses the login; ${advice}`);
  }
  const reasons: readonly (readonly [RegExp, string])[] = [
    [/ECONNREFUSED|connection refused/i, "nothing listens there"],
    [/ENOTFOUND|EAI_AGAIN|getaddrinfo/i, "the host is not known"],
    [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timed? ?out/i, "no answer"],
    [/RESP type|protocol error/i, "what answers is not Redis"],
    [/out of range|DB index/i, "it has no database of that number"],
  ];
  const reason = reasons.find(([pattern]) => pattern.test(text))?.[1] ?? "the connection was closed";
  return new SetupError("queue", `cannot use Redis at ${label}: ${reason}; start it, or correct --queue`);
}
