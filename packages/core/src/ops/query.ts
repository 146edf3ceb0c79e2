import type { Query } from "../memory/store.ts";

/** `cow OR water AND west` -> `[["cow"], ["water", "west"]]`. Keywords may come out empty: `queryProblem` says so. */
export function parseQuery(text: string): Query {
  // The blanks at either end show an operator that lacks a keyword.
  return ` ${text} `.split(" OR ").map((all) => ` ${all} `.split(" AND ").map((keyword) => keyword.trim()));
}
