import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = ["crafter==1.8.3", "numba"];
const script = fileURLToPath(new URL("crafter_reference.py", import.meta.url));
const installLimit = 600_000;

/** The Python reference in a process of its own, asked one line at a time. */
export class Reference {
  readonly #process: Bun.Subprocess<"pipe", "pipe", "ignore">;
  readonly #lines: AsyncGenerator<string>;

  private constructor(python: string) {
    this.#process = Bun.spawn([python, script], { stdin: "pipe", stdout: "pipe", stderr: "ignore" });
    this.#lines = linesOf(this.#process.stdout);
  }

  /** Installs it on first use, in the user's cache folder, and warms it up. Null when that is not possible. */
  static async start(note: (text: string) => void): Promise<Reference | null> {
    const python = await install(note);
    if (python === null) return null;
    const reference = new Reference(python);
    if ((await reference.#next()) !== null) return reference;
    note("the Python reference does not start; measuring without it");
    return null;
  }

  /** Throws when the process has died. */
  async ask<T>(request: unknown): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    this.#process.stdin.flush();
    const answer = await this.#next();
    if (answer === null) throw new Error("the Python reference has stopped");
    return JSON.parse(answer) as T;
  }

  async stop(): Promise<void> {
    this.#process.stdin.end();
    await this.#process.exited;
  }

  async #next(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    return done === true ? null : value;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
}

/** The Python that has the packages, or null after a note that says why there is none. */
async function install(note: (text: string) => void): Promise<string | null> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(cache, "metamem", "bench-reference-crafter");
  const python = join(folder, "bin", "python");
  const stamp = join(folder, "installed");
  if (existsSync(stamp)) return python;
  const base = Bun.which("python3");
  if (base === null) {
    note("no python3: measuring without the Python reference");
    return null;
  }
  note("installing the Python reference (crafter and numba), once");
  mkdirSync(folder, { recursive: true });
  const made = await succeeds([base, "-m", "venv", folder]);
  const pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  if (!made || !(await succeeds(pip))) {
    note("the Python reference cannot be installed here; measuring without it");
    return null;
  }
  writeFileSync(stamp, `${packages.join("\n")}\n`);
  return python;
}

async function succeeds(command: string[]): Promise<boolean> {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "ignore", timeout: installLimit });
  return (await child.exited) === 0;
}
