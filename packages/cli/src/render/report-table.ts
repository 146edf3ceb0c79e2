import type { Report, ReportFamily, ReportRun } from "@metamem/loops";

/** A part of a report, the same for the terminal and for Markdown. The first column is text, the others are numbers. */
export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
  /** Columns of text at the left; one by default. */
  readonly textColumns?: number;
  /** Numbers of rows that divide the table: they hold a title in their first cell only. */
  readonly headings?: ReadonlySet<number>;
}

export interface ShownReport {
  readonly report: Report;
  /** All metrics, and all worlds. */
  readonly full: boolean;
}

/** What stands beside every number of a run. In mixed play the label names the role that a program played. */
export function runTag({ name, label }: Pick<ReportRun, "name" | "label">): string {
  if (label === null) return name;
  const role = /^(memory|gameplay) role: /.exec(label)?.[1];
  return role === undefined ? `${name} rule-based` : `${name} rule-based ${role}`;
}

export function familyTitle({ family, material }: Pick<ReportFamily, "family" | "material">): string {
  return material === "own" ? `${family}, own levels` : family;
}

/** The families of all runs, in the order of their first appearance. */
export function familiesOf({ runs }: Report): Pick<ReportFamily, "family" | "material">[] {
  const all = runs.flatMap((run) => run.families.map(({ family, material }) => ({ family, material })));
  return all.filter((one, at) => at === all.findIndex((other) => familyTitle(other) === familyTitle(one)));
}

export function familyIn(run: ReportRun, wanted: Pick<ReportFamily, "family" | "material">): ReportFamily | undefined {
  return run.families.find((one) => familyTitle(one) === familyTitle(wanted));
}
