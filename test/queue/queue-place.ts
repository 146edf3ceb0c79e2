import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { type ChatModel, createModel } from "@metamem/core";
import { findFamily } from "@metamem/loops";
import { expect } from "vitest";
import { finished, Workplace } from "../e2e/command-line.ts";
import { withoutOperational } from "../rollout/rollout-place.ts";
import { answersOf, type ChatServer, startChatServer } from "../servers/chat-server.ts";
import { RedisServer } from "./redis-server.ts";

export const episodes = 6;
/** Episodes that a worker plays at a time. */
export const concurrency = 2;
/** Seconds of silence after which a worker's episodes go to others. */
export const lockSeconds = 2;

type Child = ReturnType<Workplace["start"]>;

/** The default game's own player behind a real server, a real Redis, and the real command line as producer and workers. */
export class QueuePlace implements AsyncDisposable {
  readonly place = new Workplace();
  readonly redis: RedisServer;
  readonly server: ChatServer;
  /** Called for each request, with the number of requests so far; the answer waits for it. */
  onRequest: (count: number) => unknown = () => {};
  private readonly children = new Set<Child>();

  private constructor(redis: RedisServer, player: ChatModel, place: Workplace) {
    this.redis = redis;
    this.place = place;
    const answer = answersOf(player);
    this.server = startChatServer({
      answer: async (request) => {
        await this.onRequest(this.server.requests.length);
        return await answer(request);
      },
    });
  }

  static async open(): Promise<QueuePlace> {
    const place = new Workplace();
    mkdirSync(place.in("redis"));
    const family = await findFamily("crafter");
    const player = await createModel("scripted", family.player === undefined ? {} : { player: family.player });
    return new QueuePlace(await RedisServer.start(place.in("redis")), player, place);
  }

  /** The command that plays six short episodes into `out`, in its own process. */
  localArgs(out: string, steps = 8): string[] {
    const model = `compatible:test-model@${this.server.url}`;
    const what = ["--worlds", `seeds:0-${episodes - 1}`, "--env", "crafter", "--max-steps", String(steps)];
    return ["rollout", ...what, "--model", model, "--out", out, "--json", "--quiet"];
  }

  /** The same, played by workers. */
  args(out: string, ...more: readonly string[]): string[] {
    return [...this.localArgs(out), "--queue", this.redis.url, ...more];
  }

  resumeArgs(folder: string, ...more: readonly string[]): string[] {
    return ["rollout", "--resume", folder, "--json", "--quiet", ...more];
  }

  start(args: readonly string[]): Child {
    const child = this.place.start(args);
    this.children.add(child);
    void child.exited.then(() => this.children.delete(child));
    return child;
  }

  startWorker(...more: readonly string[]): Child {
    const limits = ["--concurrency", String(concurrency), "--lock", String(lockSeconds), "--no-sync"];
    return this.start(["worker", "--queue", this.redis.url, ...limits, "--json", ...more]);
  }

  /** Episode and call of every request from number `from` on. */
  calls(from = 0): string[] {
    return this.server.requests.slice(from).map(({ episodeId, callId }) => `${episodeId} ${callId}`);
  }

  /** Resolves when `count` requests have come since now. */
  async requests(count: number): Promise<void> {
    const goal = this.calls().length + count;
    while (this.calls().length < goal) await Bun.sleep(2);
  }

  /** Ends children one way or another and waits for them. */
  async end(signal: NodeJS.Signals, ...children: readonly Child[]): Promise<string> {
    for (const child of children) child.kill(signal);
    const ends = await Promise.all(children.map(finished));
    return ends.map(({ stdout, stderr }) => stdout + stderr).join("");
  }

  /** What has to be equal in two runs of one plan. */
  contentOf(folder: string): unknown[] {
    const names = readdirSync(this.place.in(folder, "results")).sort();
    return names.map((name) =>
      withoutOperational(JSON.parse(readFileSync(this.place.in(folder, "results", name), "utf8"))),
    );
  }

  /** A finished run leaves results and traces, and nothing of what made them. */
  expectTidy(folder: string): void {
    expect(readdirSync(this.place.in(folder)).sort()).toEqual(["episodes", "operational.json", "results", "run.json"]);
    const left = this.place.entries(folder).filter((name) => /(^|\/)(lock|flight)|\.tmp$/.test(name));
    expect(left).toEqual([]);
    expect(readdirSync(this.place.in(folder, "episodes")).length).toBe(episodes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.children) child.kill("SIGKILL");
    await this.redis[Symbol.asyncDispose]();
    await this.server.close();
    this.place[Symbol.dispose]();
  }
}
