import { exitCodes, UsageError } from "@metamem/core";
import { type Command, CommanderError } from "commander";
import { commandName, reportError } from "./console.ts";

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
  let complaint: string | null = null;
  const program = build((action) => async (...given) => {
    const command = await action();
    exitCode = await command(...(given as never[]));
  });
  for (const command of withCommands(program)) {
    command.exitOverride();
    command.configureOutput({
      outputError: (text) => {
        complaint = `${oneLine(text)} See ${commandName} ${nameOf(command, program)}--help.`;
      },
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    const json = args.includes("--json");
    if (!(error instanceof CommanderError)) return reportError(error, json);
    if (complaint !== null) return reportError(new UsageError("command_line", complaint), json);
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

/** A command and all commands below it. */
function withCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}

/** `level preview `, with the blank that goes before what follows; nothing for the program itself. */
function nameOf(command: Command, program: Command): string {
  return command === program ? "" : `${nameOf(command.parent ?? program, program)}${command.name()} `;
}
