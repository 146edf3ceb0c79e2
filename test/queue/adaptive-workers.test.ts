import { expect, onTestFinished, test, vi } from "vitest";
import { finished, towerArgs, Workplace } from "../e2e/command-line.ts";
import { player } from "../games/tower-player.ts";
import { type ChatServer, startChatServer } from "../servers/chat-server.ts";
import type { FaultPlan } from "../servers/faults.ts";
import { RedisServer } from "./redis-server.ts";

/** Workers find by themselves how many calls at a time their servers are worth. */

// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000 });

const modules = towerArgs;
/** The level at which `auto` begins. */
const first = 8;

/** Refuses the first calls once each. */
const refusals: FaultPlan = ({ attempt, index }) =>
  index < first && attempt === 1 ? { kind: "status", status: 429, headers: { "retry-after-ms": "1" } } : null;

/** A queue of towers, one worker, and a server that asks `pace` before each answer how many requests it has at the moment. */
class TowerQueue {
  /** The answer waits for it. */
  pace: () => unknown = () => {};
  underWay = 0;
  most = 0;
  private readonly server: ChatServer;
  private readonly place: Workplace;
  private readonly redis: RedisServer;
  private said = "";

  private constructor(place: Workplace, redis: RedisServer, faults: FaultPlan) {
    this.place = place;
    this.redis = redis;
    this.server = startChatServer({
      faults,
      answer: async ({ messages }) => {
        this.underWay += 1;
        this.most = Math.max(this.most, this.underWay);
        await this.pace();
        this.underWay -= 1;
        return { text: player.reply(messages, 0), usage: { prompt: 100, cached: 60, output: 10, exact: true } };
      },
    });
  }

  static async open(faults: FaultPlan = () => null): Promise<TowerQueue> {
    const place = new Workplace();
    const queue = new TowerQueue(place, await RedisServer.start(place.path), faults);
    onTestFinished(async () => {
      await place.endAll();
      await queue.redis[Symbol.asyncDispose]();
      await queue.server.close();
      place[Symbol.dispose]();
    });
    return queue;
  }

  /** The levels that the worker said it had, the first one included. */
  get levels(): number[] {
    const events = this.said
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return events.flatMap(({ event, concurrency }) =>
      event === "ready" || event === "level" ? Number(concurrency) : [],
    );
  }

  /** Plays `episodes` towers with a worker and returns how many of them were finished. */
  async play(episodes: number, ...how: readonly string[]): Promise<number> {
    const queue = ["--queue", this.redis.url];
    const model = `compatible:test-model@${this.server.url}`;
    const what = ["--worlds", `seeds:0-${episodes - 1}`, ...modules, "--max-steps", "15", "--model", model];
    const producer = this.place.start(["rollout", ...what, ...queue, "--out", "run", "--json", "--quiet"]);
    const worker = this.place.start(["worker", ...queue, ...modules, ...how, "--no-sync", "--json"]);
    const listening = (async () => {
      for await (const part of worker.stdout.pipeThrough(new TextDecoderStream())) this.said += part;
    })();
    const { exitCode, stdout, stderr } = await finished(producer);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    worker.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    await listening;
    return (JSON.parse(stdout) as { readonly totals: { readonly finished: number } }).totals.finished;
  }
}

test("a server that answers many as fast as few gets more, while the first episodes still go on", async () => {
  const queue = await TowerQueue.open();
  const waiting: (() => void)[] = [];
  const answer = (): void => {
    for (const go of waiting.splice(0)) go();
  };
  // It answers eight together. Once the worker said that it tries more, it waits until it has one more.
  queue.pace = async () => {
    if (queue.most > first) return answer();
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      const more = queue.levels.some((level) => level > first);
      if (queue.underWay === first && !more) setTimeout(answer, 50);
    });
  };
  expect(await queue.play(16)).toBe(16);
  expect(queue.levels.slice(0, 2)).toEqual([first, 2 * first]);
  expect(queue.most).toBeGreaterThan(first);
});

test("a server that is too busy gets fewer, and nothing is lost", async () => {
  const queue = await TowerQueue.open(refusals);
  expect(await queue.play(10)).toBe(10);
  expect(queue.levels.slice(0, 2)).toEqual([first, 5]);
});

test("a level that was set stays, whatever the server says", async () => {
  const queue = await TowerQueue.open(refusals);
  expect(await queue.play(5, "--concurrency", "3")).toBe(5);
  expect(queue.levels).toEqual([3]);
  expect(queue.most).toBeLessThanOrEqual(3);
});
