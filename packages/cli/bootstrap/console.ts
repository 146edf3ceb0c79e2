/**
 * What set-up says to the user. All of it goes to stderr: stdout belongs to the command that runs afterwards, which may
 * print exactly one JSON object there.
 */

import { writeSync } from "node:fs";

/** Set-up cannot go on. `message` says what is missing and what to do; the process ends with exit code 3. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}

/** Exit code of every set-up failure. */
export const setupExitCode = 3;

const stderrDescriptor = 2;

/** Prints one line of set-up talk. */
export function say(line: string): void {
  write(`metamem: ${line}\n`);
}

/** Prints text as it is, for instance the tail of a log. */
export function write(text: string): void {
  writeSync(stderrDescriptor, text);
}

/** Whether a person is looking: then one line is redrawn in place, otherwise few lines are printed. */
export function isTerminal(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== "dumb" && process.env.CI === undefined;
}
