import { writeFileSync } from "node:fs";
import { SetupError, UsageError } from "@metamem/core";
import { type BalrogExport, exportBalrog, exportRows } from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { plural } from "../render/numbers.ts";
import { shownName } from "../render/report-numbers.ts";

export interface ExportOptions {
  readonly format?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Writes a run in another format: the benchmark's result folder, or one line of JSON per episode. */
export async function exportCommand(folder: string, { format, out, json }: ExportOptions): Promise<number> {
  if (format === "jsonl") return exportLines(folder, out, json);
  if (format !== "balrog") throw new UsageError("format", `unknown format '${format ?? ""}': there are balrog, jsonl`);
  if (out === undefined) throw new UsageError("out", "give the folder to write to with --out");
  const exported = exportBalrog(folder, out);
  if (json === true) printJson({ schema: "metamem.export/1", format, out, ...exported });
  else printLines(balrogLines(exported, out));
  return 0;
}

function exportLines(folder: string, out: string | undefined, json: boolean | undefined): number {
  if (json === true) throw new UsageError("option", "--format jsonl prints JSON already: leave --json out");
  const lines = exportRows(folder).map((row) => JSON.stringify(row));
  if (out === undefined) {
    printLines(lines);
    return 0;
  }
  try {
    writeFileSync(out, `${lines.join("\n")}\n`);
  } catch (cause) {
    throw new SetupError("unwritable", `cannot write ${out}: name another file with --out`, { cause });
  }
  note(`${plural(lines.length, "episode")} in ${out}`);
  return 0;
}

function balrogLines({ episodes, summary, leftOut }: BalrogExport, out: string): string[] {
  const score = Number(summary["Final score"]).toFixed(2);
  const error = Number(summary.standard_error).toFixed(2);
  const left = leftOut.map(({ family, task, episodes: own }) => `${family} ${task} (${plural(own, "episode")})`);
  return [
    ...(typeof summary.label === "string" ? [shownName(summary.label)] : []),
    `${plural(episodes, "episode")} in ${out}: final score ${score} ± ${error} %`,
    ...(left.length === 0 ? [] : [`left out, since the benchmark has no such task: ${shownName(left.join(", "))}`]),
  ];
}
