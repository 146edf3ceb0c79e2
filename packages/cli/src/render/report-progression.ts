import type { Published, ReportFamily, ReportRun } from "@metamem/loops";
import { plural } from "./numbers.ts";
import { intervalText, meanText, shownName } from "./report-numbers.ts";
import { familiesOf, familyIn, familyTitle, type ReportTable, runTag, type ShownReport } from "./report-table.ts";

/** The means of all runs, and below them the published ones. */
export function progressionTable({ report }: ShownReport): ReportTable {
  const { published } = report;
  const families = familiesOf(report);
  const rows: string[][] = [];
  const headings = new Set<number>();
  for (const run of report.runs) rows.push(...runRows(run, families));
  for (const { title, rows: own } of published?.groups ?? []) {
    const shown = own.flatMap((row) => publishedRow(row, families));
    if (shown.length === 0) continue;
    headings.add(rows.length);
    rows.push([`published: ${title}`], ...shown);
  }
  return {
    title: "Progression in %, mean ± standard error",
    head: ["", ...families.map((one) => shownName(familyTitle(one)))],
    rows,
    notes: [
      ...(published === null ? [] : report.runs.flatMap(standingNotes)),
      ...(headings.size === 0 || published === null ? [] : [published.note]),
    ],
    headings,
  };
}

function runRows(run: ReportRun, families: readonly Pick<ReportFamily, "family" | "material">[]): string[][] {
  const cells = families.map((family) => familyIn(run, family));
  const counts = cells.map((cell) => (cell === undefined ? "" : String(cell.episodes)));
  return [
    [
      runTag(run),
      ...cells.map((cell) => meanText(cell?.progression.mean ?? null, cell?.progression.standardError ?? null)),
    ],
    ["  95 % interval", ...cells.map((cell) => (cell === undefined ? "" : intervalText(cell.progression.interval)))],
    ["  episodes", ...counts],
    ...missingRows(cells),
  ];
}

/** Only what there is: a run in which all is well has no such rows. */
function missingRows(cells: readonly (ReportFamily | undefined)[]): string[][] {
  const kinds = [
    ["failed", (cell: ReportFamily) => cell.failed],
    ["set aside", (cell: ReportFamily) => cell.setAside],
    ["open", (cell: ReportFamily) => cell.open],
  ] as const;
  return kinds.flatMap(([title, count]) => {
    const numbers = cells.map((cell) => (cell === undefined ? 0 : count(cell)));
    return numbers.some((number) => number > 0)
      ? [[`  ${title}, as 0`, ...numbers.map((number) => (number === 0 ? "" : String(number)))]]
      : [];
  });
}

function publishedRow(
  { name, progression }: Published["groups"][number]["rows"][number],
  families: readonly Pick<ReportFamily, "family" | "material">[],
): string[][] {
  const values = families.map(({ family, material }) => (material === "public" ? progression[family] : undefined));
  if (values.every((value) => value === undefined)) return [];
  const digits = Object.values(progression).flat().every(hasOneDigit) ? 1 : 2;
  return [[`  ${shownName(name)}`, ...values.map((value) => meanText(value?.[0] ?? null, value?.[1] ?? null, digits))]];
}

/** Published with one digit after the point. */
function hasOneDigit(fraction: number): boolean {
  return Math.abs(1000 * fraction - Math.round(1000 * fraction)) < 1e-6;
}

/** Why a mean of a run cannot be held against the published rows. */
function standingNotes(run: ReportRun): string[] {
  const different = run.families.flatMap(({ family, material, published }) => {
    if (material === "own") return [`${family} on own levels has no published rows`];
    if (published === null || published.same) return [];
    const others = published.others === 0 ? "" : ` and ${plural(published.others, "other world")}`;
    return [`${family}: ${published.played} of the ${published.worlds} published worlds${others}`];
  });
  return different.length === 0 ? [] : [`${run.name} is not the published set: ${shownName(different.join("; "))}.`];
}
