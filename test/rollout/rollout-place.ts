import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { towerArgs, Workplace } from "../e2e/command-line.ts";
import { player } from "../games/tower-player.ts";
import { type ChatServer, type SeenRequest, startChatServer } from "../servers/chat-server.ts";
import type { FaultPlan } from "../servers/faults.ts";

/** The tower's own player behind a real server, and the real command line that rolls out towers against it. */
export class RolloutPlace implements AsyncDisposable {
  readonly place = new Workplace();
  readonly server: ChatServer;
  /** Called for each request, with the number of requests so far; the answer waits for it. */
  onRequest: (count: number) => unknown = () => {};
  faults: FaultPlan = () => null;

  constructor() {
    this.server = startChatServer({
      answer: async ({ messages }) => {
        await this.onRequest(this.server.requests.length);
        return { text: player.reply(messages, 0), usage: { prompt: 100, cached: 60, output: 10, exact: true } };
      },
      faults: (attempt) => this.faults(attempt),
    });
  }

  /** The command that plays six short towers into `out`. */
  args(out: string, ...more: readonly string[]): string[] {
    const model = `compatible:test-model@${this.server.url}`;
    const what = ["--worlds", "seeds:0-5", ...towerArgs, "--max-steps", "30", "--model", model];
    return ["rollout", ...what, "--concurrency", "4", "--out", out, "--json", "--quiet", ...more];
  }

  resumeArgs(folder: string, ...more: readonly string[]): string[] {
    return ["rollout", "--resume", folder, ...towerArgs, "--json", "--quiet", ...more];
  }

  /** Episode and call of every request from number `from` on. */
  calls(from = 0): string[] {
    return this.server.requests.slice(from).map(nameOf);
  }

  /** Every call that the traces in a run's folder hold whole. */
  recordedCalls(folder: string): Set<string> {
    const episodes = this.place.in(folder, "episodes");
    const names = existsSync(episodes) ? readdirSync(episodes) : [];
    return new Set(names.flatMap((id) => recordedIn(`${episodes}/${id}/events.jsonl`, id.slice(0, 16))));
  }

  /** What has to be equal in two runs of one plan: the results without what may differ. */
  contentOf(folder: string): unknown {
    const results = this.place.in(folder, "results");
    return readdirSync(results)
      .sort()
      .map((name) => withoutOperational(JSON.parse(readFileSync(`${results}/${name}`, "utf8"))));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    this.place[Symbol.dispose]();
  }
}

/** The object that `--json` printed, without what may differ between two runs. */
export function printedContent(stdout: string): unknown {
  return withoutOperational(JSON.parse(stdout));
}

export function withoutOperational(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === "operational" ? undefined : inner)));
}

/** Nothing of a run that is over may be left open or locked. */
export function expectTidy(place: Workplace, folder: string): void {
  const left = place.entries(folder).filter((name) => /(^|\/)lock|\.tmp$|^flight/.test(name));
  expect(left).toEqual([]);
}

function nameOf({ episodeId, callId }: SeenRequest): string {
  return `${episodeId} ${callId}`;
}

function recordedIn(path: string, episodeId: string): string[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  const events = lines.map((line) => JSON.parse(line) as { readonly kind: string; readonly callId?: string });
  return events.flatMap(({ kind, callId }) =>
    kind === "call" && callId !== undefined ? [`${episodeId} ${callId}`] : [],
  );
}
