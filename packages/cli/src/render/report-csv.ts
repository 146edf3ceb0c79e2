import { type Published, protocolTitle, type ReportCell, type ReportRun } from "@metamem/loops";
import type { ShownReport } from "./report-table.ts";

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A row for each family, task and world of each run, and for each published mean; fractions as they are (RFC 4180). */
export function reportCsv({ report }: ShownReport): string[] {
  const { published } = report;
  const rows = [...report.runs.flatMap(runRows), ...(published === null ? [] : publishedRows(published))];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))].map((cells) =>
    cells.map(quoted).join(","),
  );
}

function runRows(run: ReportRun): Row[] {
  const { name, scaffold, config, rule_based, label } = run;
  const own = {
    run: name,
    scaffold: scaffold.name,
    memory_model: config.memoryModel ?? config.model,
    gameplay_model: config.gameplayModel ?? config.model,
    protocol: protocolTitle(config.protocol),
    rule_based,
    label,
  };
  return run.families.flatMap(({ family, material, tasks, ...cell }) => [
    { ...own, scope: "family", family, levels: material, task: null, seed: null, ...cellColumns(cell) },
    ...tasks.flatMap(({ task, worlds, ...taskCell }) => [
      { ...own, scope: "task", family, levels: material, task, seed: null, ...cellColumns(taskCell) },
      ...worlds.map(({ seed, progression, ...counts }) => ({
        ...own,
        scope: "world",
        family,
        levels: material,
        task,
        seed,
        ...countColumns(counts),
        progression: progression.mean,
        standard_error: progression.standardError,
      })),
    ]),
  ]);
}

function cellColumns({ progression, steps, behaviour, ...counts }: ReportCell): Row {
  const rates = Object.entries(behaviour?.rates ?? {}).map(([name, { rate }]) => [snake(name), rate]);
  return {
    ...countColumns(counts),
    progression: progression.mean,
    standard_error: progression.standardError,
    sample_error: progression.sampleError,
    low: progression.interval?.[0] ?? null,
    high: progression.interval?.[1] ?? null,
    steps,
    ...Object.fromEntries(rates),
  };
}

function countColumns({
  episodes,
  finished,
  failed,
  setAside,
  open,
}: Omit<ReportCell, "progression" | "steps" | "behaviour">): Row {
  return { episodes, finished, failed, set_aside: setAside, open };
}

function publishedRows({ groups, episodes }: Published): Row[] {
  return groups.flatMap(({ title, rows }) =>
    rows.flatMap(({ name, progression }) =>
      Object.entries(progression).map(([family, [mean, error]]) => ({
        run: "published",
        scaffold: title,
        gameplay_model: name,
        rule_based: false,
        scope: "family",
        family,
        levels: "public",
        episodes: episodes[family] ?? null,
        progression: mean,
        standard_error: error,
      })),
    ),
  );
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function quoted(cell: string | number | boolean | null): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
