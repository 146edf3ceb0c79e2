import type { EventOf, MessageRef } from "@metamem/core";
import { type Painter, palette } from "./colours.ts";
import { plural, short } from "./numbers.ts";
import { printableLine } from "./printable.ts";
import { shownText } from "./trace-text.ts";

/** What the lines of a step need besides its events. */
export interface TraceTexts {
  readonly text: (blob: string) => string;
  readonly painter: Painter;
  /** Shorten nothing. */
  readonly full: boolean;
  /** Texts of prompt parts already shown, which are named but not repeated. */
  readonly seen: Set<string>;
}

/** One model call: what it added to the conversation, part by part, and what the model answered. */
export function callLines(call: EventOf<"call">, texts: TraceTexts): string[] {
  const { painter } = texts;
  const { prompt, cached, output, exact } = call.tokens;
  const fromCache = cached === null ? "" : `, ${short(cached)} cached`;
  const facts = [
    `${call.role} model ${printableLine(call.servedModel)}`,
    `${exact ? "" : "about "}${prompt} tokens in${fromCache}, ${output} out`,
    `temperature ${call.temperature}`,
    `seed ${call.seed}`,
    ...(call.finish === "length" ? ["cut by the output limit"] : []),
  ];
  const cuts = call.shortened.map(({ part, removedTokens }) => `${printableLine(part)} by ${removedTokens} tokens`);
  return [
    painter.bold(`call ${printableLine(call.callId)}`) + painter.dim(`  ${facts.join(", ")}`),
    ...(cuts.length === 0 ? [] : [`  shortened to fit the context: ${cuts.join(", ")}`]),
    ...call.added.flatMap((message) => messageLines(message, texts)),
    painter.bold("  answered"),
    ...shownText(texts.text(call.reply), "  | ", texts.full),
  ];
}

/** The parts of a message by name and size; the model's own earlier replies were shown already. */
function messageLines({ role, parts }: MessageRef, { text, painter, full, seen }: TraceTexts): string[] {
  if (role === "assistant") return [];
  return parts.flatMap(({ part, blob, tokens }) => {
    const again = seen.has(blob) && !full;
    seen.add(blob);
    const facts = `[${role}, ${plural(tokens, "token")}${again ? ", as above" : ""}]`;
    const head = `  ${painter.colour(printableLine(part), palette.accent)} ${painter.dim(facts)}`;
    return again ? [head] : [head, ...shownText(text(blob), "    ", full)];
  });
}
