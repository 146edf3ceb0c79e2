import { renderOp } from "@metamem/core";
import { gone, type Notes } from "./notes.ts";
import type { MemoryFile, PromptView } from "./parse-prompt.ts";

/** How the notes of a topic are kept. */
export interface TopicRules {
  /** Words in a file's name or description that make it fit. */
  readonly hints: RegExp;
  /** Stored lines that are out of date once the notes no longer hold them. */
  readonly expires: (key: string) => boolean;
  /** Whether a change asks for the file to be written anew where that is possible. */
  readonly redraws: (key: string, change: "new" | "gone") => boolean;
}

export type Topics<Topic extends string> = Readonly<Record<Topic, TopicRules>>;

/** A player's notes and the memory files on offer. */
export class NoteFiles<Topic extends string> {
  private readonly rules: Topics<Topic>;
  private readonly topics: readonly Topic[];

  constructor(rules: Topics<Topic>) {
    this.rules = rules;
    this.topics = Object.keys(rules) as Topic[];
  }

  /** The file of a topic: by its name, else by what it is for, else any that may be written, else one of the player's own. */
  fileFor(topic: Topic, files: readonly MemoryFile[]): string {
    const { hints } = this.rules[topic];
    const own = files.filter((file) => !file.readOnly);
    const fitting =
      own.find((file) => hints.test(file.name)) ?? own.find((file) => hints.test(file.description)) ?? own[0];
    return fitting?.name ?? "notes.txt";
  }

  /** Commands that show all notes; none when there is nothing to read or no command to read with. */
  readAll({ files, ops }: PromptView): string[] {
    const names = [...new Set(this.topics.map((topic) => this.fileFor(topic, files)))];
    const filled = names.filter((name) => files.some((file) => file.name === name && !file.empty));
    if (ops.has("READ")) return filled.map((file) => renderOp("READ", { file }));
    if (ops.has("TAIL")) return filled.map((file) => renderOp("TAIL", { file, count: "100" }));
    return ops.has("SEARCH") ? filled.map((file) => renderOp("SEARCH", { target: file, keywords: ": " })) : [];
  }

  /** Commands that turn what is stored into what is known now, touching as few lines as the commands on offer allow. */
  writeChanges(view: PromptView, stored: ReadonlyMap<string, string>, notes: Notes<Topic>): string[] {
    return this.topics.flatMap((topic) => {
      const changed = new Map([...notes[topic]].filter(([key, value]) => stored.get(key) !== value));
      for (const [key, value] of stored) {
        if (this.rules[topic].expires(key) && !notes[topic].has(key) && value !== gone) changed.set(key, gone);
      }
      return changed.size === 0 ? [] : this.writeTopic(view, topic, stored, notes[topic], changed);
    });
  }

  private writeTopic(
    { files, ops }: PromptView,
    topic: Topic,
    stored: ReadonlyMap<string, string>,
    lines: ReadonlyMap<string, string>,
    changed: ReadonlyMap<string, string>,
  ): string[] {
    const file = this.fileFor(topic, files);
    const shared = this.topics.some((other) => other !== topic && this.fileFor(other, files) === file);
    const { redraws } = this.rules[topic];
    const redraw = [...changed].some(([key, value]) => {
      if (value === gone) return redraws(key, "gone");
      return !stored.has(key) && redraws(key, "new");
    });
    if (ops.has("WRITE") && !shared && (redraw || !ops.has("UPSERT"))) {
      return [renderOp("WRITE", { file, text: asText(lines) })];
    }
    if (ops.has("UPSERT")) return [...changed].map(([key, value]) => renderOp("UPSERT", { file, key, value }));
    return ops.has("APPEND") ? [renderOp("APPEND", { file, text: asText(changed) })] : [];
  }
}

/** The rest of what a result had no room for. */
export function readOn(results: string): string[] {
  return [...results.matchAll(/^\[cut: go on with (<\|READ\|>[^<\n]*<\|END\|>)\]$/gm)].map((match) => match[1] ?? "");
}

function asText(lines: ReadonlyMap<string, string>): string {
  return [...lines].map(([key, value]) => `${key}: ${value}`).join("\n");
}
