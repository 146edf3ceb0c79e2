import type { FailureKind, Hash, ModelRole } from "@metamem/core";
import type { Redis } from "ioredis";
import type { CallUse, RoleUse } from "../rollout/budget.ts";
import { type OpenReason, openReasonSchema, type PlayOutcome } from "../rollout/run-result.ts";
import { type News, openSchema, orderSchema, parseJson, queuePrefix, type SessionOrder } from "./messages.ts";

/** Seconds after which Redis forgets a run that nobody touches. */
const keptSeconds = 30 * 86_400;
const roles: readonly ModelRole[] = ["memory", "gameplay"];
/** What is counted for each role; `told` are the prompt tokens of calls whose server said how many were cached. */
const counters = ["calls", "prompt", "cached", "output", "told"] as const;

export type CountedUse = RoleUse & { told: number };
/** Of a run's present session, earlier ones included. */
export type RunUse = Readonly<Record<ModelRole, CountedUse>>;

/** What a worker needs to know before a call. */
export interface RunOrders {
  /** Null when Redis lost it; the producer writes it again. */
  readonly order: SessionOrder | null;
  /** Why no call may begin any more. */
  readonly stop: OpenReason | null;
  /** Calls under way are to end at once. */
  readonly abort: boolean;
  readonly use: RunUse;
}

/**
 * What producer and workers share about one run in Redis: orders, what calls have used, and why episodes came back open. While Redis is away,
 * everything waits for it.
 */
export class RunState {
  private readonly redis: Redis;
  private readonly key: string;

  constructor(redis: Redis, run: string) {
    this.redis = redis;
    this.key = `${queuePrefix}:run:${run}`;
  }

  get newsChannel(): string {
    return `${this.key}:news`;
  }

  /** Begins a session: what an earlier one ordered is void. Doing it again is harmless. */
  async begin(order: SessionOrder, used: Readonly<Record<ModelRole, RoleUse>>): Promise<void> {
    const fields: Record<string, string | number> = { order: JSON.stringify(order), failures: 0 };
    for (const role of roles) {
      for (const counter of counters) fields[`${role}.${counter}`] = counter === "told" ? 0 : used[role][counter];
    }
    await this.redis
      .multi()
      .del(this.key, `${this.key}:open`)
      .hset(this.key, fields)
      .expire(this.key, keptSeconds)
      .exec();
  }

  /** Writes what a Redis that lost it needs to know again. */
  async renew(order: SessionOrder, stop: OpenReason | null, abort: boolean): Promise<void> {
    const fields = {
      order: JSON.stringify(order),
      ...(stop === null ? {} : { stop: JSON.stringify(stop) }),
      ...(abort ? { abort: "1" } : {}),
    };
    await this.redis.hset(this.key, fields);
  }

  async orders(): Promise<RunOrders> {
    const fields = await this.redis.hgetall(this.key);
    const stop = openReasonSchema.safeParse(parseJson(fields.stop ?? "null"));
    const order = orderSchema.safeParse(parseJson(fields.order ?? "null"));
    return {
      order: order.data ?? null,
      stop: stop.data ?? null,
      abort: fields.abort === "1",
      use: { memory: useOf(fields, "memory"), gameplay: useOf(fields, "gameplay") },
    };
  }

  async failures(): Promise<number> {
    return Number(await this.redis.hget(this.key, "failures"));
  }

  async addCall({ role, prompt, cached, output }: CallUse): Promise<void> {
    const change = { calls: 1, prompt, cached: cached ?? 0, output, told: cached === null ? 0 : prompt };
    const multi = this.redis.multi();
    for (const counter of counters) multi.hincrby(this.key, `${role}.${counter}`, change[counter]);
    await multi.exec();
  }

  async addFailure(_kind: FailureKind): Promise<void> {
    await this.redis.hincrby(this.key, "failures", 1);
  }

  async setOpen(id: Hash, { status, reason }: Extract<PlayOutcome, { kind: "open" }>): Promise<void> {
    await this.redis.hset(`${this.key}:open`, id, JSON.stringify({ status, reason }));
    await this.redis.expire(`${this.key}:open`, keptSeconds);
  }

  async open(): Promise<Map<Hash, Extract<PlayOutcome, { kind: "open" }>>> {
    const outcomes = new Map<Hash, Extract<PlayOutcome, { kind: "open" }>>();
    for (const [id, text] of Object.entries(await this.redis.hgetall(`${this.key}:open`))) {
      const { data } = openSchema.safeParse(parseJson(text));
      if (data !== undefined) outcomes.set(id, { kind: "open", ...data });
    }
    return outcomes;
  }

  async tell(news: News): Promise<void> {
    await this.redis.publish(this.newsChannel, JSON.stringify(news));
  }
}

function useOf(fields: Readonly<Record<string, string>>, role: ModelRole): CountedUse {
  const [calls = 0, prompt = 0, cached = 0, output = 0, told = 0] = counters.map((counter) =>
    Number(fields[`${role}.${counter}`] ?? 0),
  );
  return { calls, prompt, cached, output, told };
}

/** The calls between two readings of the counters, as far as counters can tell: their number and their sums are right. */
export function usesBetween(before: RunUse, after: RunUse): CallUse[] {
  return roles.flatMap((role) => {
    const [was, is] = [before[role], after[role]];
    const difference = (counter: (typeof counters)[number]): number => Math.max(0, is[counter] - was[counter]);
    const calls = difference("calls");
    if (calls === 0) return [];
    const told = difference("told");
    const rest = difference("prompt") - told;
    const output = difference("output");
    const uses: CallUse[] = [];
    if (told > 0) uses.push({ role, prompt: told, cached: difference("cached"), output });
    if (rest > 0 || told === 0) uses.push({ role, prompt: rest, cached: null, output: told > 0 ? 0 : output });
    while (uses.length < calls) uses.push({ role, prompt: 0, cached: null, output: 0 });
    return uses;
  });
}
