import type { Report, ReportRun } from "@metamem/loops";
import { duration, percent, short } from "./numbers.ts";
import { type ReportTable, runTag, type ShownReport } from "./report-table.ts";

type Operational = Report["operational"]["runs"][number];

/** How the runs went, and what they took (spec automem §7.3, void calls and cost). Only with all metrics: it says nothing about play. */
export function operationTables({ report, full }: ShownReport): ReportTable[] {
  if (!full) return [];
  const runs = report.operational.runs.flatMap((own, index) => {
    const run = report.runs[index];
    return run === undefined ? [] : [{ run, own }];
  });
  const row = (title: string, cell: (own: Operational, run: ReportRun) => string) => [
    title,
    ...runs.map(({ run, own }) => cell(own, run)),
  ];
  return [
    {
      title: "How it went",
      head: ["", ...runs.map(({ run }) => runTag(run))],
      rows: [
        row("sessions", ({ sessions }) => String(sessions)),
        row("deaths of processes", ({ crashes }) => String(crashes)),
        row("continued episodes", ({ resumes }) => String(resumes)),
        row("void calls: failed tries and cut replies", ({ retries }, run) => percent(voidShare(run, retries))),
        row("  failed tries", ({ retries }) => short(retries)),
        row("model time in LOG", ({ modelSeconds }) => duration(modelSeconds.log)),
        row("  in PLAN, consulting", ({ modelSeconds }) => duration(modelSeconds.consult)),
        row("  in PLAN, acting", ({ modelSeconds }) => duration(modelSeconds.commit)),
        row("cost, USD", ({ cost }) => (cost === null ? "-" : cost.toFixed(2))),
      ],
      notes: [],
    },
  ];
}

/** Of all tries, those without a whole reply; null when there was none. */
function voidShare({ families }: ReportRun, failed: number): number | null {
  const cut = families.map(({ behaviour }) => behaviour?.rates.cutCalls ?? { count: 0, of: 0 });
  const calls = cut.reduce((sum, { of }) => sum + of, failed);
  return calls === 0 ? null : cut.reduce((sum, { count }) => sum + count, failed) / calls;
}
