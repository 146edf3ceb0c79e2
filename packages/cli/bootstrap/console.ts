/**
 * What set-up says to the user. It goes to stderr: stdout belongs to the command that runs afterwards, which may print
 * exactly one JSON object there. Only when that command cannot run, set-up prints the object in its place.
 */

import { writeSync } from "node:fs";

/** Set-up cannot go on. `message` says what is missing and what to do; the process ends with exit code 3. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}

/** Exit code of every set-up failure. */
export const setupExitCode = 3;

const stdoutDescriptor = 1;
const stderrDescriptor = 2;

/** Prints one line of set-up talk. */
export function say(line: string): void {
  write(`metamem: ${line}\n`);
}

/** Says why set-up cannot go on; with `json` also as the object that every failing command prints (docs/cli.md). */
export function sayFailure({ message }: SetupError, json: boolean): void {
  say(message);
  if (!json) return;
  const object = { schema: "metamem.error/1", code: "setup.first_start", message, exitCode: setupExitCode, data: {} };
  writeSync(stdoutDescriptor, `${JSON.stringify(object)}\n`);
}

/** Prints text as it is, for instance the tail of a log. */
export function write(text: string): void {
  writeSync(stderrDescriptor, text);
}

/** Whether a person is looking: then one line is redrawn in place, otherwise few lines are printed. */
export function isTerminal(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== "dumb" && process.env.CI === undefined;
}
