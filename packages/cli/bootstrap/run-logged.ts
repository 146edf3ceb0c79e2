/** Runs a set-up command whose output is kept in a log instead of being shown. */

import { createWriteStream } from "node:fs";
import { root } from "./checkout.ts";

const tailLines = 40;

export interface LoggedRun {
  readonly exitCode: number;
  /** The last lines of output, for an error message. */
  readonly tail: string;
}

/**
 * Runs `command`, appends its stdout and stderr to the file `log` and hands every line to `onLine`. The command gets no
 * stdin and, with `cwd` unset, runs in the repository root.
 */
export async function runLogged(
  command: readonly string[],
  log: string,
  onLine: (line: string) => void = () => {},
  cwd: string = root,
): Promise<LoggedRun> {
  const file = createWriteStream(log, { flags: "a" });
  file.write(`$ ${command.join(" ")}\n`);
  const tail: string[] = [];
  const child = Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const collect = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const line of lines(stream)) {
      file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      onLine(line);
    }
  };
  await Promise.all([collect(child.stdout), collect(child.stderr)]);
  const exitCode = await child.exited;
  await new Promise((resolve) => file.end(resolve));
  return { exitCode, tail: tail.join("\n") };
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
