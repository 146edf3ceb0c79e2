import type { ChatMessage } from "@metamem/core";

export interface MemoryFile {
  readonly name: string;
  readonly empty: boolean;
  readonly readOnly: boolean;
  readonly description: string;
}

/** One line of the prompt's list of latest actions. */
export interface RecentAction {
  readonly step: number;
  readonly action: string;
  readonly outcome: string;
}

/** A step of history as context bundles show it: what was seen, and what was done then. */
export interface PastStep {
  readonly text: string;
  readonly action: string;
}

/** What a conversation says, apart from the observation itself. */
export interface PromptView {
  /** `log` and `consult` are told by the commands on offer (DONE, HANDOFF); everything else is `commit`. */
  readonly phase: "log" | "consult" | "commit";
  /** Names of the commands on offer. */
  readonly ops: ReadonlySet<string>;
  readonly files: readonly MemoryFile[];
  /** Game actions on offer; empty when the prompt lists none. */
  readonly actions: readonly string[];
  readonly step: number | null;
  /** Steps of the whole episode. */
  readonly maxSteps: number | null;
  readonly turn: number | null;
  /** Replies this phase still allows, this one included; null when the prompt does not say. */
  readonly repliesLeft: number | null;
  readonly recent: readonly RecentAction[];
  /** The text that holds the newest observation; null when there is none. */
  readonly scene: string | null;
  readonly history: readonly PastStep[];
  /** Results of commands, as shown after the opening message. */
  readonly results: string;
  /** Replies already given in this phase or the one it continues. */
  readonly replies: number;
}

/** @param holdsSight whether a text holds an observation of the game */
export function parsePrompt(messages: readonly ChatMessage[], holdsSight: (text: string) => boolean): PromptView {
  const user = messages.filter((message) => message.role === "user").map((message) => message.content);
  const opening = openingIndex(messages, holdsSight);
  const scene = messages[opening]?.content ?? null;
  const after = messages.slice(opening + 1);
  const told = after.filter((message) => message.role === "user").map((message) => message.content);
  const commands = [...user].reverse().find((text) => offered.test(text)) ?? "";
  const ops = new Set([...commands.matchAll(offers)].map((match) => match[1] ?? ""));
  const everything = messages.map((message) => (message.role === "assistant" ? "" : message.content)).join("\n");
  return {
    phase: ops.has("DONE") ? "log" : ops.has("HANDOFF") ? "consult" : "commit",
    ops,
    files: filesOf([...user].reverse().find((text) => text.includes("Memory files:")) ?? ""),
    actions: actionsOf(everything),
    step: numberIn(scene, /^Step (\d+) of \d+/m),
    maxSteps: numberIn(scene, /^Step \d+ of (\d+)/m),
    turn: numberIn(scene, /game turn (\d+)/),
    repliesLeft: numberIn([...user].reverse().find((text) => left.test(text)) ?? null, left),
    recent: recentOf(scene ?? ""),
    scene,
    history: historyOf(messages.slice(0, Math.max(0, opening)), holdsSight),
    results: told.join("\n"),
    replies: after.filter((message) => message.role === "assistant").length,
  };
}

const offered = /^- <\|[A-Z]+\|>/m;
const offers = /^- <\|([A-Z]+)\|>/gm;
const left = /replies left: (\d+)/;

/** The newest message that shows the game: everything after it is the exchange about this step. */
function openingIndex(messages: readonly ChatMessage[], holdsSight: (text: string) => boolean): number {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message?.role === "user" && holdsSight(message.content)) return index;
  }
  return -1;
}

function numberIn(text: string | null, pattern: RegExp): number | null {
  const found = text === null ? null : pattern.exec(text);
  return found === null ? null : Number(found[1]);
}

/** `- notes.txt (3 lines, 120 bytes; last written at step 4): what it is for` */
function filesOf(text: string): MemoryFile[] {
  const start = text.indexOf("Memory files:");
  if (start < 0) return [];
  const block = text.slice(start).split("\n\n")[0] ?? "";
  return [...block.matchAll(/^- (\S+) \(([^)]*)\)(?:: (.*))?$/gm)].map(
    ([, name = "", facts = "", description = ""]) => ({
      name,
      description,
      empty: facts.startsWith("empty"),
      readOnly: facts.includes("read-only"),
    }),
  );
}

function actionsOf(text: string): string[] {
  const start = text.indexOf("Game actions:");
  if (start < 0) return [];
  const block = text.slice(start).split("\n\n")[0] ?? "";
  return [...block.matchAll(/^- ([^:\n]+): /gm)].flatMap((match) => (match[1] ?? "").split(", "));
}

function recentOf(text: string): RecentAction[] {
  const lines = text.matchAll(/^- step (\d+): (.+?) -> (.*)$/gm);
  const recent = [...lines].map(([, step, action = "", outcome = ""]) => ({ step: Number(step), action, outcome }));
  const last = /^Last action, at step (\d+): (.+?)(?: \(you wrote .*\))?\. What it did: (.*)\.$/m.exec(text);
  const step = Number(last?.[1]);
  if (last === null || recent.some((entry) => entry.step === step)) return recent;
  return [...recent, { step, action: last[2] ?? "", outcome: last[3] ?? "" }];
}

/** Observations and the actions that answered them. */
function historyOf(messages: readonly ChatMessage[], holdsSight: (text: string) => boolean): PastStep[] {
  return messages.flatMap((message, index) => {
    const reply = messages[index + 1];
    if (message.role !== "user" || reply?.role !== "assistant" || !holdsSight(message.content)) return [];
    const action = /<\|ACTION\|>(.*?)<\|END\|>/.exec(reply.content)?.[1];
    return action === undefined ? [] : [{ text: message.content, action: action.trim() }];
  });
}
