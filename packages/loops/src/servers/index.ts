/** @module Model servers: started, watched, measured, and given adapters. */
export * from "./adapter-client.ts";
export * from "./adapter-folder.ts";
export * from "./adapter-keeper.ts";
export * from "./adapter-record.ts";
export * from "./adapter-store.ts";
export * from "./launch-line.ts";
export * from "./metrics-watch.ts";
export * from "./queue-pressure.ts";
export * from "./scrape.ts";
export * from "./server-metrics.ts";
export * from "./server-pool.ts";
export * from "./server-process.ts";
export * from "./sidecar.ts";
export * from "./tiny-model.ts";
export * from "./watched-roots.ts";
