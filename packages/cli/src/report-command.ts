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
}
