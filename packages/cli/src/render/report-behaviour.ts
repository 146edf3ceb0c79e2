import type { Published, ReportFamily } from "@metamem/loops";
import { fixed, short } from "./numbers.ts";
import { type ShownRate, shownRates } from "./report-metrics.ts";
import { intervalText, shownName } from "./report-numbers.ts";
import { familiesOf, familyIn, familyTitle, type ReportTable, runTag, type ShownReport } from "./report-table.ts";

type Behaviour = NonNullable<ReportFamily["behaviour"]>;
type PublishedRate = Published["behaviour"]["rates"][number];

/** How models used their memory: a table for each family, a column for each run, and the published change. */
export function behaviourTables(shown: ShownReport): ReportTable[] {
  const tables = familiesOf(shown.report).flatMap((family) => {
    const runs = shown.report.runs.flatMap((run) => {
      const behaviour = familyIn(run, family)?.behaviour;
      return behaviour ? [{ tag: runTag(run), behaviour }] : [];
    });
    return runs.length === 0 ? [] : [familyTable(shown, family, runs)];
  });
  const [first, ...others] = tables;
  return first === undefined ? [] : [first, ...others.map((table) => ({ ...table, notes: [] }))];
}

function familyTable(
  { report, full }: ShownReport,
  family: Pick<ReportFamily, "family" | "material">,
  runs: readonly { readonly tag: string; readonly behaviour: Behaviour }[],
): ReportTable {
  const published = family.material === "public" ? report.published : null;
  const changes = published?.behaviour.rates.filter(({ families }) => families[family.family] !== undefined) ?? [];
  const [alone, ...others] = runs;
  const single = others.length === 0 ? alone?.behaviour : undefined;
  const rows = shownRates
    .filter(({ main, rate }) => main || (full && runs.some(({ behaviour }) => behaviour.rates[rate] !== undefined)))
    .map((rate) => [
      rate.title,
      ...runs.map(({ behaviour }) => rate.show(behaviour.rates[rate.rate]?.rate ?? null)),
      ...(single === undefined ? [] : [intervalText(single.rates[rate.rate]?.interval ?? null, rate.show)]),
      ...(changes.length === 0 ? [] : [changeText(changes, family.family, rate)]),
    ]);
  const interval = single === undefined ? [] : ["95 % interval"];
  return {
    title: `Behaviour, ${shownName(familyTitle(family))}`,
    head: ["", ...runs.map(({ tag }) => tag), ...interval, ...(changes.length === 0 ? [] : ["published"])],
    rows: [...rows, ...sumRows(runs, full)],
    notes: published === null || changes.length === 0 ? [] : [`${legend(changes)} ${published.behaviour.note}`],
  };
}

/** What is no rate. */
function sumRows(runs: readonly { readonly behaviour: Behaviour }[], full: boolean): string[][] {
  const row = (title: string, cell: (behaviour: Behaviour) => string) => [
    title,
    ...runs.map(({ behaviour }) => cell(behaviour)),
  ];
  const files = [...new Set(runs.flatMap(({ behaviour }) => Object.keys(behaviour.growthByFile ?? {})))];
  return [
    row("largest prompt, tokens", ({ largestPrompt }) => short(largestPrompt)),
    row("delay until read, median steps", ({ retrievalDelay }) => String(retrievalDelay.median ?? "-")),
    ...(full ? (["memory", "gameplay"] as const) : []).flatMap((role) => [
      row(`calls of the ${role} role`, ({ tokens }) => short(tokens[role].calls)),
      row("  tokens in", ({ tokens }) => short(tokens[role].prompt)),
      row("  of these cached", ({ tokens }) => short(tokens[role].cached)),
      row("  tokens out", ({ tokens }) => short(tokens[role].output)),
    ]),
    ...(files.length === 0 ? [] : [["growth by file, characters per step"]]),
    ...files.map((file) => row(`  ${shownName(file)}`, ({ growthByFile }) => fixed(growthByFile?.[file] ?? null))),
  ];
}

function changeText(changes: readonly PublishedRate[], family: string, { rate, show }: ShownRate): string {
  const [before, after] = changes.find((change) => change.rate === rate)?.families[family] ?? [];
  return before === undefined || after === undefined ? "" : `${show(before)} → ${show(after)}`;
}

/** What the arrows lead from and to. */
function legend(changes: readonly PublishedRate[]): string {
  const [usual] = changes;
  const arrow = ({ before, after }: PublishedRate) => `${before} → ${after}`;
  if (usual === undefined) return "";
  const other = changes.filter((change) => arrow(change) !== arrow(usual));
  const exceptions = other.map((change) => {
    const title = shownRates.find(({ rate }) => rate === change.rate)?.title.trim() ?? change.rate;
    return `, ${title} ${arrow(change)}`;
  });
  return `Published: ${arrow(usual)}${exceptions.join("")}.`;
}
