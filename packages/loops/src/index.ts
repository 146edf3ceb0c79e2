/** @module What runs episodes: one for now, many later. */
export * from "./episode-folder.ts";
export * from "./episode-spec.ts";
export * from "./episode-summary.ts";
export * from "./measure-tokens.ts";
export * from "./nearest.ts";
export * from "./played-task.ts";
export * from "./prices.ts";
export * from "./protocol-title.ts";
export * from "./queue/index.ts";
export * from "./registry.ts";
export * from "./report/index.ts";
export * from "./result.ts";
export * from "./resume-episode.ts";
export * from "./rollout/index.ts";
export * from "./run-episode.ts";
export * from "./seeds-folder.ts";
export * from "./servers/index.ts";
