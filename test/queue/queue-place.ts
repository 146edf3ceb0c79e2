import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { type ChatModel, createModel } from "@metamem/core";
import { findFamily } from "@metamem/loops";
import { expect } from "vitest";
import { type Finished, Workplace } from "../e2e/command-line.ts";
import { withoutOperational } from "../rollout/rollout-place.ts";
import { answersOf, type ChatServer, type SeenRequest, startChatServer } from "../servers/chat-server.ts";
import { RedisServer } from "./redis-server.ts";

export const episodes = 6;
/** Episodes that a worker plays at a time. */
export const concurrency = 2;
/** Seconds of silence after which the episodes of a worker with `impatient` go to others. */
export const lockSeconds = 2;
export const impatient = ["--lock", String(lockSeconds)] as const;

export type Child = ReturnType<Workplace["start"]>;

/** The default game's own player behind a real server. Episodes that are to be compared have to ask the same one. */
export class PlayerServer implements AsyncDisposable {
  /** Called for each request; the answer waits for it. */
  onRequest: () => unknown = () => {};
  private readonly server: ChatServer;
  private passes = Number.POSITIVE_INFINITY;
  private passed: () => void = () => {};
  private readonly waiting: (() => void)[] = [];

  private constructor(player: ChatModel) {
    const answer = answersOf(player);
    this.server = startChatServer({
      answer: async (request) => {
        while (this.passes <= 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
        this.passes -= 1;
        if (this.passes === 0) this.passed();
        await this.onRequest();
        return await answer(request);
      },
    });
  }

  /** Lets no request be answered any more until told otherwise: what happens next then happens at a known place, on fast and slow machines. */
  hold(): void {
    this.passes = 0;
  }

  /** Lets `count` more requests be answered, and no further one. Resolves with the last of them. */
  async let(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.passed = resolve;
    this.letPass(Math.floor(count));
    await promise;
  }

  letAll(): void {
    this.letPass(Number.POSITIVE_INFINITY);
  }

  /** Requests that wait to be let through. */
  get held(): number {
    return this.waiting.length;
  }

  static async start(): Promise<PlayerServer> {
    const { player } = await findFamily("crafter");
    return new PlayerServer(await createModel("scripted", player === undefined ? {} : { player }));
  }

  get url(): string {
    return this.server.url;
  }

  /** Episode and call of every request from number `from` on. */
  calls(from = 0): string[] {
    return this.server.requests.slice(from).map(nameOf);
  }

  /** The same of those whose client did not wait for the answer. */
  unanswered(from: number): string[] {
    return this.server.requests.slice(from).flatMap((seen) => (seen.disconnected ? [nameOf(seen)] : []));
  }

  private letPass(count: number): void {
    this.passes = count;
    for (const go of this.waiting.splice(0)) go();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}

function nameOf({ episodeId, callId }: SeenRequest): string {
  return `${episodeId} ${callId}`;
}

/** A folder, a Redis of its own, and the real command line as producer and workers. When it is disposed of, nothing of it is left running. */
export class QueuePlace implements AsyncDisposable {
  readonly place = new Workplace();
  readonly redis: RedisServer;
  /** Everything that the children printed whose end was waited for. */
  printed = "";
  private readonly player: PlayerServer;
  private readonly output = new Map<Child, { stdout: string; stderr: string; ended: Promise<unknown> }>();
  private over = false;

  private constructor(player: PlayerServer, redis: RedisServer, place: Workplace) {
    this.player = player;
    this.redis = redis;
    this.place = place;
  }

  static async open(player: PlayerServer): Promise<QueuePlace> {
    const place = new Workplace();
    mkdirSync(place.in("redis"));
    return new QueuePlace(player, await RedisServer.start(place.in("redis")), place);
  }

  /** The command that plays six short episodes into `out`, in its own process. */
  localArgs(out: string): string[] {
    const model = `compatible:test-model@${this.player.url}`;
    const what = ["--worlds", `seeds:0-${episodes - 1}`, "--env", "crafter", "--max-steps", "5"];
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
    const read = async (name: "stdout" | "stderr"): Promise<void> => {
      for await (const part of child[name].pipeThrough(new TextDecoderStream())) output[name] += part;
    };
    const output = { stdout: "", stderr: "", ended: Promise.resolve() as Promise<unknown> };
    output.ended = Promise.all([read("stdout"), read("stderr")]);
    this.output.set(child, output);
    return child;
  }

  /** What it has written until now. */
  saidBy(child: Child): string {
    const { stdout = "", stderr = "" } = this.output.get(child) ?? {};
    return stdout + stderr;
  }

  startWorker(...more: readonly string[]): Child {
    const how = ["--concurrency", String(concurrency), "--no-sync", "--json"];
    return this.start(["worker", "--queue", this.redis.url, ...how, ...more]);
  }

  async until(reached: () => boolean): Promise<void> {
    while (!reached()) await this.pause();
  }

  /** Between two looks at something. Rejects when the test is over. */
  async pause(): Promise<void> {
    if (this.over) throw new Error("the test is over");
    await Bun.sleep(5);
  }

  async finished(child: Child): Promise<Finished> {
    const output = this.output.get(child);
    const [exitCode] = await Promise.all([child.exited, output?.ended]);
    const { stdout = "", stderr = "" } = output ?? {};
    this.printed += stdout + stderr;
    return { exitCode, stdout, stderr };
  }

  /** Ends children one way or another, waits for them, and returns what they printed. */
  async end(signal: NodeJS.Signals, ...children: readonly Child[]): Promise<string> {
    for (const child of children) child.kill(signal);
    const ends = await Promise.all(children.map((child) => this.finished(child)));
    return ends.map(({ stdout, stderr }) => stdout + stderr).join("");
  }

  /** What has to be equal in two runs of one plan. */
  contentOf(folder: string): unknown[] {
    const names = readdirSync(this.place.in(folder, "results")).sort();
    return names.map((name) =>
      withoutOperational(JSON.parse(readFileSync(this.place.in(folder, "results", name), "utf8"))),
    );
  }

  /** A finished run leaves results and traces, and nothing of what made them. Who dies in a step is recorded as well. */
  expectTidy(folder: string): void {
    const names = readdirSync(this.place.in(folder)).filter((name) => name !== "crashes.jsonl");
    expect(names.sort()).toEqual(["episodes", "operational.json", "results", "run.json"]);
    const left = this.place.entries(folder).filter((name) => /(^|\/)(lock|flight)|\.tmp$/.test(name));
    expect(left).toEqual([]);
    expect(readdirSync(this.place.in(folder, "episodes")).length).toBe(episodes);
  }

  /** Neither printed nor in any file of the run. */
  expectPasswordHidden(folder: string): void {
    expect(this.printed).not.toBe("");
    expect(this.printed).not.toContain(this.redis.password);
    for (const name of this.place.entries(folder).filter((name) => /\.(json|jsonl|pack)$/.test(name))) {
      expect(readFileSync(this.place.in(name), "utf8")).not.toContain(this.redis.password);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.over = true;
    await this.place.endAll();
    await this.redis[Symbol.asyncDispose]();
    this.place[Symbol.dispose]();
  }
}
