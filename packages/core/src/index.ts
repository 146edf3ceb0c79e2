/** @module The method: environment contract, memory store, ops, scaffold contract, agent, models, traces, metrics. */
export * from "./env/environment.ts";
export * from "./env/family.ts";
export * from "./env/frame.ts";
export * from "./errors.ts";
export * from "./hash.ts";
export * from "./json.ts";
export * from "./memory/store.ts";
export * from "./model/chat-model.ts";
export * from "./model/rule-player.ts";
export * from "./ops/op.ts";
export * from "./ops/vocabulary.ts";
export * from "./scaffold/protocol.ts";
export * from "./trace/events.ts";
export * from "./trace/sink.ts";
