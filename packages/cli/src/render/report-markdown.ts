import type { ReportTable, ShownReport } from "./report-table.ts";
import { reportTables } from "./report-tables.ts";
import { folderOf, runTitle } from "./report-text.ts";

/** A report as GitHub's Markdown. */
export function reportMarkdown(shown: ShownReport): string[] {
  const runs = shown.report.runs.map((run, index) => {
    const label = run.label === null ? "" : `; **${escaped(run.label)}**`;
    const open =
      run.counts.open === 0
        ? ""
        : `; **${run.counts.open} of ${run.counts.episodes} episodes are open and count as 0**`;
    return `- **${run.name}**: ${escaped(runTitle(run))} (\`${folderOf(shown.report, index).replaceAll("`", "'")}\`)${label}${open}`;
  });
  return [...runs, ...reportTables(shown).flatMap((table) => ["", ...tableLines(table)])];
}

function tableLines({ title, head, rows, notes, headings }: ReportTable): string[] {
  const line = (cells: readonly string[]) => `| ${head.map((_, column) => escaped(cells[column] ?? "")).join(" | ")} |`;
  const body = rows.map((row, index) => (headings?.has(index) === true ? line([`*${row[0] ?? ""}*`]) : line(row)));
  const table = [line(head), `|${head.map((_, column) => (column === 0 ? " --- |" : " ---: |")).join("")}`, ...body];
  return [`### ${title}`, "", ...(head.length === 0 ? [] : table), ...notes.flatMap((note) => ["", escaped(note)])];
}

function escaped(text: string): string {
  return text.trim().replace(/[\\|<>]/g, (sign) => `\\${sign}`);
}
