import type { ReportTask } from "@metamem/loops";
import { intervalText, meanText, points, shownName } from "./report-numbers.ts";
import { familiesOf, familyIn, familyTitle, type ReportTable, runTag, type ShownReport } from "./report-table.ts";

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

/** By world, a table for each family. */
export function worldTables(shown: ShownReport): ReportTable[] {
  const rows = taskRows(shown);
  const families = [...new Set(rows.map(({ family }) => family))];
  return families.flatMap((family) => {
    const own = rows.filter((row) => row.family === family);
    const seeds = [...new Set(own.flatMap(({ task }) => task.worlds.map(({ seed }) => seed)))].sort((a, b) => a - b);
    const title = `Progression by world, ${shownName(family)}, in %`;
    if (seeds.length > mostSeeds && !shown.full) {
      return [{ title, head: [], rows: [], notes: [`${seeds.length} seeds: with --full, --json or --format csv.`] }];
    }
    const parts = Array.from({ length: Math.ceil(seeds.length / mostSeeds) }, (_, part) =>
      seeds.slice(part * mostSeeds, (part + 1) * mostSeeds),
    );
    return parts.map((part) => worldTable(title, part, own));
  });
}

function worldTable(title: string, seeds: readonly number[], rows: readonly TaskRow[]): ReportTable {
  return {
    title,
    textColumns: 2,
    head: ["seed", "run", ...seeds.map(String)],
    rows: rows.map(({ tag, task }) => {
      const worlds = new Map(task.worlds.map((world) => [world.seed, world]));
      return [shownName(task.task), tag, ...seeds.map((seed) => worldText(worlds.get(seed)))];
    }),
    notes: [],
  };
}

function worldText(world: ReportTask["worlds"][number] | undefined): string {
  if (world === undefined) return "";
  return world.open > 0 ? "open" : points(world.progression.mean, 1);
}
