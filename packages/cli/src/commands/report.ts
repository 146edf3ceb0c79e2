import { writeFileSync } from "node:fs";
import { SetupError, UsageError } from "@metamem/core";
import { buildReport, loadPublished } from "@metamem/loops";
import { note, printLines } from "../console.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { reportCsv } from "../render/report-csv.ts";
import { reportMarkdown } from "../render/report-markdown.ts";
import type { ShownReport } from "../render/report-table.ts";
import { reportText } from "../render/report-text.ts";

export interface ReportOptions {
  readonly format?: string;
  readonly out?: string;
  readonly full?: boolean;
  readonly traces?: boolean;
  /** False with `--no-published`. */
  readonly published: boolean;
  readonly json?: boolean;
}

const formats = ["text", "markdown", "csv", "json"] as const;
type Format = (typeof formats)[number];

/** Prints what came of runs, or writes it into a file. */
export async function reportCommand(folders: readonly string[], options: ReportOptions): Promise<number> {
  const format = formatOf(options);
  const report = buildReport(folders, options.published ? loadPublished() : null, {
    traces: options.traces ?? false,
  });
  const lines = linesOf(format, { report, full: options.full ?? options.traces ?? false }, options.out === undefined);
  if (options.out === undefined) printLines(lines);
  else write(options.out, lines);
  return 0;
}

function formatOf({ format, json, out }: ReportOptions): Format {
  if (json === true && format !== undefined && format !== "json") {
    throw new UsageError("option", "give only one of --json and --format");
  }
  const asked = json === true ? "json" : (format ?? formatOfFile(out ?? ""));
  const known = formats.find((one) => one === asked);
  if (known !== undefined) return known;
  throw new UsageError("format", `unknown format '${asked}': there are ${formats.join(", ")}`);
}

/** `--out table.md` says what it is. */
function formatOfFile(path: string): Format {
  const ending = /\.([a-z]+)$/.exec(path)?.[1];
  return ending === "md" ? "markdown" : ending === "csv" || ending === "json" ? ending : "text";
}

function linesOf(format: Format, shown: ShownReport, terminal: boolean): string[] {
  const isTty = terminal && process.stdout.isTTY;
  switch (format) {
    case "text":
      return reportText(shown, new Painter(colourDepth({ isTty, env: process.env })));
    case "markdown":
      return reportMarkdown(shown);
    case "csv":
      return reportCsv(shown);
    case "json":
      return [JSON.stringify(shown.report)];
  }
}

function write(path: string, lines: readonly string[]): void {
  try {
    writeFileSync(path, `${lines.join("\n")}\n`);
  } catch (cause) {
    throw new SetupError("unwritable", `cannot write ${path}: name another file with --out`, { cause });
  }
  note(`report in ${path}`);
}
