import type { RulePlayer } from "@metamem/core";

/** Sweeps each floor for the key; the direction of the sweep is kept in memory, because nothing else lasts from step to step. */
export const player: RulePlayer = {
  label: "rule-based player, not a language model",
  reply(messages) {
    const text = messages.map((message) => message.content).join("\n");
    const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)?.[1];
    const room = Number(last(/room (\d)\./g));
    const key = text.includes("You carry a key.");
    if (text.includes("- <|DONE|>")) {
      const heading = room === 0 ? "east" : room === 6 && !key ? "west" : null;
      return heading === null ? "<|DONE|>" : `<|UPSERT|>strategy.txt|heading|${heading}<|END|><|DONE|>`;
    }
    const commit = (action: string) => `<|ACTION|>${action}<|END|>`;
    if (text.includes("A key lies here.")) return commit("Take");
    if (key) return commit(room === 6 ? "Open" : "East");
    if (!messages.some(({ role }) => role === "assistant")) return "Which way? <|READ|>strategy.txt<|END|>";
    return commit(last(/heading: (east|west)/g) === "east" ? "East" : "West");
  },
};
