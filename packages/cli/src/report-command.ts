import type { Command } from "commander";
import { commandName } from "./console.ts";
import type { Wrap } from "./run-program.ts";

/** `metamem report` and `metamem export`; what they do is in commands/. */
export function addReportCommands(root: Command, run: Wrap): void {
  root
    .command("report <runs...>")
    .description("What came of runs: progression with errors, behaviour, comparison world by world, published rows.")
    .option("--format <format>", "text, markdown, csv or json (default: by the ending of --out, else text)")
    .option("--out <file>", "write it there instead of printing it")
    .option("--full", "all metrics, and all worlds")
    .option(
      "--traces",
      "read the traces too: near repeats, oscillation among ten actions, growth by the model and by file",
    )
    .option("--no-published", "without the published rows")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} report runs/base                         one run
  ${commandName} report runs/base runs/revised            and what the second gains on the first
  ${commandName} report runs/base --full --out base.md

Every episode that was planned counts: failed ones and those without a result as 0.`,
    )
    .action(run(async () => (await import("./commands/report.ts")).reportCommand));

  root
    .command("export <run>")
    .description("Write a run in another format: the benchmark's result folder, or JSON Lines.")
    .requiredOption("--format <format>", "balrog, or jsonl (one episode per line)")
    .option("--out <path>", "balrog: a new folder; jsonl: a file (default: print)")
    .option("--json", "balrog: print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} export runs/base --format balrog --out submission
  ${commandName} export runs/base --format jsonl --out base.jsonl

The folder holds what the benchmark's own program leaves: a JSON and a CSV file per episode, a summary per environment, summary.json.
A run with open episodes is refused; tasks that the benchmark does not have, and own levels, are left out and named.`,
    )
    .action(run(async () => (await import("./commands/export.ts")).exportCommand));
}
