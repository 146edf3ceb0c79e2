/** @module Reports over runs, and exports of them. */
export { buildReport } from "./build-report.ts";
export { type BalrogExport, exportBalrog } from "./export-balrog.ts";
export { type ExportRow, exportRowSchema, exportRows } from "./export-rows.ts";
export { loadPublished, type Published, publishedSchema } from "./published.ts";
export * from "./schema.ts";
