import { player } from "../games/tower-player.ts";
import { type ChatServer, type ChatServerOptions, startChatServer } from "../servers/chat-server.ts";
import type { FaultPlan } from "../servers/faults.ts";
import { towerArgs } from "./command-line.ts";

/** The tower climbed by the tower's own player behind a real server, so that there are calls to lose. */
export class ServedTower implements AsyncDisposable {
  /** What goes wrong; may be changed between runs. */
  faults: FaultPlan = () => null;
  /** Called for each request, with the number of requests so far; the answer waits for it. */
  onRequest: (count: number) => unknown = () => {};
  readonly server: ChatServer;
  readonly steps: number;

  constructor(steps = 100, options: Partial<ChatServerOptions> = {}) {
    this.steps = steps;
    this.server = startChatServer({
      answer: async ({ messages }) => {
        await this.onRequest(this.server.requests.length);
        return { text: player.reply(messages, 0) };
      },
      faults: (attempt) => this.faults(attempt),
      ...options,
    });
  }

  /** The command that plays into `out`. */
  args(out: string): string[] {
    const model = `compatible:test-model@${this.server.url}`;
    const length = ["--max-steps", String(this.steps)];
    return ["episode", ...towerArgs, ...length, "--model", model, "--out", out, "--json", "--quiet"];
  }

  /** The command that continues `folder`; a module and a bundle of one's own have to be named again. */
  resumeArgs(folder: string): string[] {
    return ["episode", "--resume", folder, ...towerArgs, "--json", "--quiet"];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}
