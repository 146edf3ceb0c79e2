import type { Comparison, Report } from "@metamem/loops";
import { intervalText, shownName, signed } from "./report-numbers.ts";
import { familyTitle, type ReportTable } from "./report-table.ts";

/** Each later run against the first, world by world. */
export function comparisonTables({ comparisons }: Report): ReportTable[] {
  return comparisons.map((comparison) => ({
    title: `${comparison.second} minus ${comparison.first} on the worlds of both, progression in % points`,
    head: ["", "worlds", "difference", "95 % interval", "better", "same", "worse"],
    rows: comparison.families.flatMap(familyRows),
    notes: notesOf(comparison),
  }));
}

type ComparedFamily = Comparison["families"][number];

function familyRows(family: ComparedFamily): string[][] {
  const tasks = family.tasks.length > 1 ? family.tasks : [];
  return [row(shownName(familyTitle(family)), family), ...tasks.map((task) => row(`  ${shownName(task.task)}`, task))];
}

function row(
  name: string,
  { worlds, difference, interval, wins, ties, losses }: Omit<ComparedFamily, "family" | "tasks" | "material">,
): string[] {
  return [
    name,
    String(worlds),
    signed(difference),
    intervalText(interval, signed),
    String(wins),
    String(ties),
    String(losses),
  ];
}

function notesOf({ caveats, families, label, first, second }: Comparison): string[] {
  const alone = families.flatMap(({ family, onlyFirst, onlySecond }) => [
    ...(onlyFirst > 0 ? [`${onlyFirst} of ${family} only in ${first}`] : []),
    ...(onlySecond > 0 ? [`${onlySecond} of ${family} only in ${second}`] : []),
  ]);
  return [
    ...(label === null ? [] : [label]),
    ...(alone.length === 0 ? [] : [`Worlds left out: ${alone.join("; ")}.`]),
    ...(caveats.length === 0 ? [] : [`Not only the players differ: ${caveats.join("; ")}.`]),
  ].map(shownName);
}
