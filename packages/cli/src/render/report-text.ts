import { protocolTitle, type Report, type ReportRun } from "@metamem/loops";
import { commandName } from "../console.ts";
import { type Painter, palette } from "./colours.ts";
import { padEnd, table } from "./layout.ts";
import { plural } from "./numbers.ts";
import { shownName } from "./report-numbers.ts";
import type { ReportTable, ShownReport } from "./report-table.ts";
import { reportTables } from "./report-tables.ts";
import { quote } from "./summary.ts";

/** A report in a terminal. */
export function reportText(shown: ShownReport, painter: Painter): string[] {
  const { report } = shown;
  const heads = report.runs.flatMap((run, index) => runHead(run, folderOf(report, index), painter));
  return [...heads, ...reportTables(shown).flatMap((one) => ["", ...tableText(one, painter)])];
}

export function folderOf({ operational }: Report, index: number): string {
  return operational.runs[index]?.folder ?? "";
}

/** `memory-v0, vllm:..., published` */
export function runTitle({ scaffold, config }: ReportRun): string {
  const models = [...new Set([config.memoryModel ?? config.model, config.gameplayModel ?? config.model])].join(" + ");
  return shownName(`${scaffold.name}, ${models}, protocol ${protocolTitle(config.protocol)}, worlds ${config.worlds}`);
}

function runHead(run: ReportRun, folder: string, painter: Painter): string[] {
  const resume = `continue with  ${commandName} rollout --resume ${quote(folder)}`;
  const open = `   open: ${run.counts.open} of ${plural(run.counts.episodes, "episode")}, counted as 0; ${resume}`;
  return [
    `${painter.bold(`${run.name}  ${runTitle(run)}`)}  ${painter.dim(shownName(folder))}`,
    ...(run.label === null ? [] : [painter.colour(`   ${shownName(run.label)}`, palette.warn)]),
    ...(run.counts.open === 0 ? [] : [painter.colour(open, palette.bad)]),
  ];
}

function tableText(shown: ReportTable, painter: Painter): string[] {
  const { title, head, rows, notes, headings } = shown;
  // Headings are longer than any first cell and must not widen its column.
  const cells = rows.filter((_, index) => headings?.has(index) !== true);
  const [first = "", ...lines] = head.length === 0 ? [] : table(leftAligned([head, ...cells], shown.textColumns ?? 1));
  const body = rows.map((row, index) =>
    headings?.has(index) === true ? `  ${painter.dim(row[0] ?? "")}` : (lines.shift() ?? ""),
  );
  return [
    painter.bold(title),
    ...(head.length === 0 ? [] : [painter.dim(first), ...body]),
    ...notes.flatMap((note) => wrapped(note, 100)).map((line) => `  ${painter.dim(line)}`),
  ];
}

/** The layout's tables push all columns but the first to the right: text of the others gets blanks behind it. */
function leftAligned(rows: readonly (readonly string[])[], columns: number): string[][] {
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => Bun.stringWidth(row[column] ?? ""))),
  );
  return rows.map((row) => row.map((cell, column) => padEnd(cell, widths[column] ?? 0)));
}

/** Words on lines of at most `columns`. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
