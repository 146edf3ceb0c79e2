import { exitCodes } from "@metamem/core";
import { type Command, CommanderError } from "commander";
import { commandName, note, reportError } from "./console.ts";

/** Loads a command when it is called for, so that `--help` needs none of them. The command returns its exit code. */
export type Action = () => Promise<(...args: never[]) => Promise<number>>;

/** Makes a command what commander calls: arguments first, then options. */
export type Wrap = (action: Action) => (...given: unknown[]) => Promise<void>;

/**
 * Builds the program, runs it once, and turns whatever happens into an exit code. Wrong usage is one line and exit code 2; commander's
 * own "did you mean" joins that line.
 */
export async function runProgram(build: (run: Wrap) => Command, args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = build((action) => async (...given) => {
    const command = await action();
    exitCode = await command(...(given as never[]));
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      outputError: (text) => note(`metamem: ${oneLine(text)} See ${commandName} ${nameOf(command, program)}--help.`),
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, args.includes("--json"));
    // Asking for help, and for the version, ends here as well.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}

/** `error: unknown option '--sed'\n(Did you mean --seed?)` -> `unknown option '--sed' (Did you mean --seed?).` */
function oneLine(text: string): string {
  const line = text
    .replace(/^error: /, "")
    .replace(/\s+/g, " ")
    .trim();
  return /[.?)]$/.test(line) ? line : `${line}.`;
}

function nameOf(command: Command, program: Command): string {
  return command === program ? "" : `${command.name()} `;
}
