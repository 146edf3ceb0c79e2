import type { RulePlayer } from "@metamem/core";

/** Walks to and fro until it has the key. Which way it was going is in memory: nothing else lasts from step to step. */
export const player: RulePlayer = {
  label: "rule-based player, not a language model",
  reply(messages) {
    const text = messages.map((message) => message.content).join("\n");
    const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)?.[1];
    const room = Number(last(/room (\d)/g));
    if (text.includes("- <|DONE|>")) {
      const way = room === 0 ? "East" : room === 6 ? "West" : null;
      return way === null ? "<|DONE|>" : `<|UPSERT|>strategy.txt|way|${way}<|END|><|DONE|>`;
    }
    if (text.includes("You have the key.")) return `<|ACTION|>${room === 6 ? "Open" : "East"}<|END|>`;
    const asked = messages.some(({ role }) => role === "assistant");
    return asked ? `<|ACTION|>${last(/way: (East|West)/g) ?? "West"}<|END|>` : "Which way? <|READ|>strategy.txt<|END|>";
  },
};
