import type { ReportTask } from "@metamem/loops";
import { intervalText, meanText, points, shownName } from "./report-numbers.ts";
import { familiesOf, familyIn, familyTitle, type ReportTable, runTag, type ShownReport } from "./report-tables.ts";

/** More seeds than this are only shown when asked for. */
const mostSeeds = 12;

interface TaskRow {
  readonly family: string;
  readonly tag: string;
  readonly task: ReportTask;
}

/** Every task of every run; families in the order of the report, runs beneath each task. */
function taskRows({ report }: ShownReport): TaskRow[] {
  return familiesOf(report).flatMap((family) => {
    const runs = report.runs.map((run) => ({ tag: runTag(run), tasks: familyIn(run, family)?.tasks ?? [] }));
    const names = [...new Set(runs.flatMap(({ tasks }) => tasks.map(({ task }) => task)))];
    return names.flatMap((name) =>
      runs.flatMap(({ tag, tasks }) =>
        tasks.filter(({ task }) => task === name).map((task) => ({ family: familyTitle(family), tag, task })),
      ),
    );
  });
}

/** By task; nothing when every family has one task only. */
export function taskTable(shown: ShownReport): ReportTable[] {
  const rows = taskRows(shown);
  const tasksOf = (family: string) => new Set(rows.filter((row) => row.family === family).map(({ task }) => task.task));
  const kept = rows.filter(({ family }) => tasksOf(family).size > 1);
  if (kept.length === 0) return [];
  return [
    {
      title: "Progression by task, in %",
      textColumns: 2,
      head: ["", "run", "episodes", "steps", "mean ± error", "95 % interval"],
      rows: kept.map(({ family, tag, task }) => [
        shownName(`${family} ${task.task}`),
        tag,
        String(task.episodes),
        String(task.steps),
        meanText(task.progression.mean, task.progression.standardError),
        intervalText(task.progression.interval),
      ]),
      notes: [],
    },
  ];
}

/** By world: one table for all tasks that were played on the same seeds. */
export function worldTables(shown: ShownReport): ReportTable[] {
  const tables = new Map<string, { seeds: number[]; rows: string[][] }>();
  const left = new Set<string>();
  for (const { family, tag, task } of taskRows(shown)) {
    const seeds = task.worlds.map(({ seed }) => seed);
    const name = shownName(`${family} ${task.task}`);
    if (seeds.length > mostSeeds && !shown.full) {
      left.add(`${name} (${seeds.length})`);
      continue;
    }
    const table = tables.get(seeds.join()) ?? { seeds, rows: [] };
    tables.set(seeds.join(), table);
    table.rows.push([
      name,
      tag,
      ...task.worlds.map((world) => (world.open > 0 ? "open" : points(world.progression.mean, 1))),
    ]);
  }
  const shownTables = [...tables.values()].map(({ seeds, rows }) => ({
    title: "Progression by world, in %",
    textColumns: 2,
    head: ["seed", "run", ...seeds.map(String)],
    rows,
    notes: [],
  }));
  const note = left.size === 0 ? [] : [`Worlds of ${[...left].join(", ")}: with --full, --json or --format csv.`];
  if (note.length === 0) return shownTables;
  const last = shownTables.at(-1);
  return last === undefined
    ? [{ title: "Progression by world, in %", head: [], rows: [], notes: note }]
    : [...shownTables.slice(0, -1), { ...last, notes: note }];
}
