import type { Hash } from "../hash.ts";
import type { NewEvent } from "./events.ts";

/** The texts an event refers to by hash. Hashes that only identify (memory before and after, reducer state) are not among them. */
export function textsOf(event: NewEvent): Hash[] {
  switch (event.kind) {
    case "obs":
      return [event.longTerm, event.shortTerm, event.features];
    case "call":
      return [...event.added.flatMap((message) => message.parts.map((part) => part.blob)), event.reply];
    case "conv.edit":
    case "notice":
      return [event.blob];
    case "op":
      return [event.result];
    case "mem.keyframe":
      return Object.values(event.files);
    default:
      return [];
  }
}
