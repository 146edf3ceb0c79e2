import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  type CachedCall,
  type ChatMessage,
  exactCounter,
  type MessageRef,
  openTraceReader,
  prefixReuse,
  type TraceReader,
} from "@metamem/core";

/** The share of prompt tokens that a prefix cache would have found, for one and the same calls. */
export interface ReuseByOrder {
  /** The prompts as they were sent. */
  readonly written: number;
  /** With the parts of each first message in the order of the published agent (spec automem §1.6, §1.7). */
  readonly published: number;
}

/**
 * Where memory-v0's parts stand in the published agent's first message of LOG and of PLAN: it opens with what changes and closes with what is fixed. Parts it
 * has no section for stand beside their kin: the recent actions with the last one, the game's texts (of which the published LOG shows but the guidance)
 * where that stands, the status with the observation.
 */
const publishedOrders: Readonly<Record<"log" | "plan", readonly string[]>> = {
  log: [
    ...[
      "identity",
      "clock",
      "last-action",
      "recent",
      "notices",
      "game.role",
      "game.goal",
      "game.actions",
      "game.reading",
    ],
    ...[
      "observation",
      "status",
      "memory.index",
      "memory.pinned",
      "log.commands",
      "log.rules",
      "log.task",
      "log.closing",
    ],
  ],
  plan: [
    ...["identity", "game.role", "game.goal", "game.actions", "plan.task", "game.reading", "notices", "clock"],
    ...["last-action", "recent", "memory.index", "memory.pinned", "observation", "status", "plan.procedure"],
    ...["plan.commands", "plan.closing"],
  ],
};

/** Works out the reuse of a finished run's calls, one episode after the other, replies included, by Qwen2.5's tokens. */
export async function promptReuse(run: string): Promise<ReuseByOrder> {
  const counter = await exactCounter("qwen2.5");
  const written: CachedCall[] = [];
  const published: CachedCall[] = [];
  for (const id of readdirSync(join(run, "episodes")).sort()) {
    const reader = openTraceReader(join(run, "episodes", id), { trusted: true });
    try {
      for (const { asSent, reordered, reply } of promptsOf(reader)) {
        const output = counter.tokenizer.ids(reply);
        written.push({ prompt: counter.promptIds(asSent), output });
        published.push({ prompt: counter.promptIds(reordered), output });
      }
    } finally {
      reader.close();
    }
  }
  return { written: prefixReuse(written).share, published: prefixReuse(published).share };
}

interface BothPrompts {
  readonly asSent: ChatMessage[];
  readonly reordered: ChatMessage[];
  readonly reply: string;
}

function* promptsOf(reader: TraceReader): Generator<BothPrompts> {
  const reordered = new Map<string, MessageRef[]>();
  for (const event of reader.events()) {
    if (event.kind === "conv.edit") throw new Error("a cut prompt has no order of its own to compare with");
    if (event.kind !== "call") continue;
    const before = reordered.get(event.conversation);
    const first = event.phase === "log" ? publishedOrders.log : publishedOrders.plan;
    const messages = before === undefined ? [inOrder(event.added, first)] : [...before, ...event.added];
    reordered.clear();
    reordered.set(event.conversation, messages);
    yield {
      asSent: reader.messages(event.step, event.callId),
      reordered: messages.map(({ role, parts }) => ({
        role,
        content: parts.map(({ blob }) => reader.text(blob)).join("\n\n"),
      })),
      reply: reader.text(event.reply),
    };
  }
}

/** The parts in one user message: the published agent sends no system message. */
function inOrder(messages: readonly MessageRef[], order: readonly string[]): MessageRef {
  const place = ({ part }: MessageRef["parts"][number]): number => {
    const at = order.indexOf(part);
    if (at < 0) throw new Error(`the published order has no place for part ${part}`);
    return at;
  };
  return { role: "user", parts: messages.flatMap(({ parts }) => parts).sort((a, b) => place(a) - place(b)) };
}
