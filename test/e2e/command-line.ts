import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The real command line as child processes, each test in a folder of its own. */

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** The test game, its long task, and a scaffold that never changes. */
export const towerModule = fileURLToPath(new URL("../games/tower.ts", import.meta.url));
export const pocketScaffold = fileURLToPath(new URL("../games/pocket", import.meta.url));
export const towerArgs = ["--env", towerModule, "--scaffold", pocketScaffold] as const;

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that is gone at the end of the scope, and with it what was started there. */
export class Workplace implements Disposable {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "metamem-e2e-")));
  private readonly children = new Set<Bun.Subprocess>();
  private over = false;

  in(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  /** Every file and folder in it, as relative paths. */
  entries(folder = ""): string[] {
    return readdirSync(this.in(folder)).flatMap((name) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      return statSync(this.in(path)).isDirectory() ? [path, ...this.entries(path)] : [path];
    });
  }

  /** Starts the command here. What the tests' own environment says about keys and colours does not reach it. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    // A test that ran out of time goes on behind the next one's back.
    if (this.over) throw new Error("the test is over");
    const options = { cwd: this.path, env: { ...bareEnvironment(), ...env } };
    const child = Bun.spawn([process.execPath, main, ...args], {
      ...options,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    this.children.add(child);
    void child.exited.then(() => this.children.delete(child));
    return child;
  }

  /** Kills what still runs, and waits until it is gone; nothing starts any more. What these processes started ends with them. */
  async endAll(): Promise<void> {
    this.over = true;
    for (const child of this.children) child.kill("SIGKILL");
    await Promise.all([...this.children].map(({ exited }) => exited));
  }

  /** The same in a terminal of its own. `screen.shown` is everything written to it so far. */
  startInTerminal(args: readonly string[], size: { readonly cols: number; readonly rows: number }) {
    const decoder = new TextDecoder();
    const screen = { shown: "" };
    const data = (_terminal: unknown, bytes: Uint8Array) => {
      screen.shown += decoder.decode(bytes, { stream: true });
    };
    const env = { ...bareEnvironment(), TERM: "xterm-256color", COLORTERM: "truecolor" };
    const child = Bun.spawn([process.execPath, main, ...args], { cwd: this.path, env, terminal: { ...size, data } });
    return { child, screen };
  }

  /** Plays by hand: sends keys one after the other, each when the text that must come before it is on the screen. */
  async play(args: readonly string[], moves: readonly (readonly [awaited: string, keys: string])[]) {
    const { child, screen } = this.startInTerminal(["play", ...args], { cols: 100, rows: 34 });
    let seen = 0;
    for (const [awaited, keys] of moves) {
      while (!screen.shown.slice(seen).includes(awaited) && child.exitCode === null) await Bun.sleep(5);
      seen = screen.shown.length;
      child.terminal?.write(keys);
    }
    return { exitCode: await child.exited, shown: screen.shown };
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return await finished(this.start(args, env));
  }

  /** Starts an episode into `out` and kills it once it has recorded `bytes` of events. One that was over before the kill came is begun again. */
  async killMidway(args: readonly string[], out: string, bytes: number): Promise<void> {
    const events = this.in(out, "events.jsonl");
    for (;;) {
      const child = this.start([...args, "--out", out]);
      while ((!existsSync(events) || statSync(events).size < bytes) && child.exitCode === null) await Bun.sleep(1);
      child.kill("SIGKILL");
      await finished(child);
      if (!existsSync(this.in(out, "result.json"))) return;
      rmSync(this.in(out), { recursive: true });
    }
  }

  [Symbol.dispose](): void {
    void this.endAll();
    rmSync(this.path, { recursive: true, force: true });
  }
}

function bareEnvironment(): Record<string, string> {
  const { PATH, HOME, TMPDIR } = process.env;
  const entries = Object.entries({ PATH, HOME, TMPDIR });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export async function finished(child: ReturnType<Workplace["start"]>): Promise<Finished> {
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exitCode: await child.exited, stdout, stderr };
}

/** The events of a trace as one comparable value: everything but what may differ between two runs. */
export function contentOf(folder: string): unknown[] {
  return readFileSync(join(folder, "events.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { operational: _operational, ...content } = JSON.parse(line) as Record<string, unknown>;
      return content;
    });
}

/** result.json without what may differ between two runs. */
export function resultContent(folder: string): unknown {
  const { operational: _operational, ...content } = JSON.parse(
    readFileSync(join(folder, "result.json"), "utf8"),
  ) as Record<string, unknown>;
  return content;
}

/** The pack of texts, byte by byte, and the memory directory as it lies there. */
export function storedTexts(folder: string): { readonly pack: string; readonly memory: Record<string, string> } {
  const memory = join(folder, "memory");
  const files = readdirSync(memory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return {
    pack: readFileSync(join(folder, "parts.pack"), "utf8"),
    memory: Object.fromEntries(
      files.map((file) => [file.name, readFileSync(join(file.parentPath, file.name), "utf8")]),
    ),
  };
}
