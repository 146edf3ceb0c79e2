import { MetamemError } from "@metamem/core";
import { printableLine } from "./render/printable.ts";

/** How this program is started, for hints that can be pasted: the scripts of package.json say `bun run metamem`. */
export const commandName = process.env.METAMEM_COMMAND ?? "metamem";

/** The one object a `--json` command prints. */
export interface JsonOutput {
  readonly schema: string;
}

/** Prints the command's object on stdout, on one line. */
export function printJson<T extends JsonOutput>(output: T): void {
  process.stdout.write(`${JSON.stringify(output)}\n`);
}

export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** For people, never for programs: everything that is not a command's result. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One line on stderr, and with `--json` an object on stdout, so that programs get one whatever happens. Returns the exit code. */
export function reportError(error: unknown, json: boolean): number {
  const known = error instanceof MetamemError;
  const message = printableLine(error instanceof Error ? error.message : String(error));
  const exitCode = known ? error.exitCode : 1;
  if (json) {
    const code = known ? error.code : "internal.unexpected";
    printJson({
      schema: "metamem.error/1",
      code,
      message,
      exitCode,
      ...(known ? { data: error.data } : {}),
    });
  }
  note(`metamem: ${known ? "" : "unexpected error: "}${message}`);
  if (!known || process.env.METAMEM_DEBUG === "1") note(error instanceof Error ? (error.stack ?? "") : "");
  return exitCode;
}

/** A reader that goes away (`| head`) is no fault of ours. */
export function endQuietlyWhenReaderLeaves(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
}
