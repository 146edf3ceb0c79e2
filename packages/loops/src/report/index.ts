/** @module Reports over runs, and exports of them. */
export { buildReport } from "./build-report.ts";
export { loadPublished, type Published, publishedSchema } from "./published.ts";
export * from "./schema.ts";
