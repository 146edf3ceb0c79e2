import { TraceError } from "../errors.ts";
import type { Hash } from "../hash.ts";
import type { ChatMessage } from "../model/chat-model.ts";
import type { MessageRef, TraceEvent } from "./events.ts";

/** The exact messages of a call, rebuilt from the events of its step (docs/trace-format.md, Prompts). */
export function promptOf(events: readonly TraceEvent[], callId: string, text: (hash: Hash) => string): ChatMessage[] {
  const call = events.find((event) => event.kind === "call" && event.callId === callId);
  if (call?.kind !== "call") throw new TraceError("no_call", `there is no call ${callId} in this step`);
  const messages: { role: MessageRef["role"]; blobs: readonly Hash[] }[] = [];
  for (const event of events) {
    if (event.kind === "conv.edit" && event.conversation === call.conversation) {
      // An edit of a message not listed yet is part of the message when it comes.
      const message = messages[event.message];
      if (message !== undefined) message.blobs = [event.blob];
    }
    if (event.kind !== "call" || event.conversation !== call.conversation) continue;
    for (const { role, parts } of event.added) messages.push({ role, blobs: parts.map((part) => part.blob) });
    if (event === call) break;
  }
  return messages.map(({ role, blobs }) => ({ role, content: blobs.map(text).join("\n\n") }));
}
