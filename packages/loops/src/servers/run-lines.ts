/** The last lines of output kept for an error message. */
const tailLines = 30;

export interface LinesRun {
  readonly exitCode: number;
  readonly tail: readonly string[];
}

/** Runs a program to its end without stdin and hands over its output line by line, both streams together. */
export async function runLines(
  command: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly signal?: AbortSignal | undefined;
    readonly onLine?: (line: string) => void;
  } = {},
): Promise<LinesRun> {
  const child = Bun.spawn([...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const tail: string[] = [];
  const collect = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const line of linesOf(stream)) {
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      options.onLine?.(line);
    }
  };
  await Promise.all([collect(child.stdout), collect(child.stderr)]);
  return { exitCode: await child.exited, tail };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/[\r\n]+/);
    rest = parts.pop() ?? "";
    yield* parts.filter((part) => part !== "");
  }
  if (rest !== "") yield rest;
}
