import { behaviourTables } from "./report-behaviour.ts";
import { comparisonTables } from "./report-comparison.ts";
import { operationTables } from "./report-operation.ts";
import { progressionTable } from "./report-progression.ts";
import type { ReportTable, ShownReport } from "./report-table.ts";
import { taskTable, worldTables } from "./report-worlds.ts";

/** All parts of a report, in the order in which they are read. */
export function reportTables(shown: ShownReport): ReportTable[] {
  return [
    progressionTable(shown),
    ...taskTable(shown),
    ...worldTables(shown),
    ...behaviourTables(shown),
    ...comparisonTables(shown.report),
    ...operationTables(shown),
  ];
}
