import { renderOp } from "@metamem/core";
import { gone, type Notes, type Topic } from "./notes.ts";
import type { MemoryFile, PromptView } from "./parse-prompt.ts";

const topics: readonly Topic[] = ["state", "map", "progress"];

/** Words in a file's name or description that make it fit a topic. */
const hints: Readonly<Record<Topic, RegExp>> = {
  map: /map|where/i,
  progress: /progress|achiev/i,
  state: /strateg|goal|plan|state/i,
};

/** The file of a topic: by its name, else by what it is for, else any that may be written, else one of the player's own. */
export function fileFor(topic: Topic, files: readonly MemoryFile[]): string {
  const own = files.filter((file) => !file.readOnly);
  const fitting =
    own.find((file) => hints[topic].test(file.name)) ??
    own.find((file) => hints[topic].test(file.description)) ??
    own[0];
  return fitting?.name ?? "notes.txt";
}

/** Commands that show all notes; none when there is nothing to read or no command to read with. */
export function readAll({ files, ops }: PromptView): string[] {
  const names = [...new Set(topics.map((topic) => fileFor(topic, files)))];
  const filled = names.filter((name) => files.some((file) => file.name === name && !file.empty));
  if (ops.has("READ")) return filled.map((file) => renderOp("READ", { file }));
  if (ops.has("TAIL")) return filled.map((file) => renderOp("TAIL", { file, count: "100" }));
  return ops.has("SEARCH") ? filled.map((file) => renderOp("SEARCH", { target: file, keywords: ": " })) : [];
}

/** The rest of what a result had no room for. */
export function readOn(results: string): string[] {
  return [...results.matchAll(/^\[cut: go on with (<\|READ\|>[^<\n]*<\|END\|>)\]$/gm)].map((match) => match[1] ?? "");
}

/** Commands that turn what is stored into what is known now, touching as few lines as the commands on offer allow. */
export function writeChanges(view: PromptView, stored: ReadonlyMap<string, string>, notes: Notes): string[] {
  return topics.flatMap((topic) => {
    const changed = new Map([...notes[topic]].filter(([key, value]) => stored.get(key) !== value));
    if (topic === "map") for (const key of outdated(stored, notes)) changed.set(key, gone);
    return changed.size === 0 ? [] : writeTopic(view, topic, stored, notes[topic], changed);
  });
}

function writeTopic(
  { files, ops }: PromptView,
  topic: Topic,
  stored: ReadonlyMap<string, string>,
  lines: ReadonlyMap<string, string>,
  changed: ReadonlyMap<string, string>,
): string[] {
  const file = fileFor(topic, files);
  const shared = topics.some((other) => other !== topic && fileFor(other, files) === file);
  // New rows would end up below the others: the picture is drawn anew.
  const redraw = topic === "map" && [...changed.keys()].some((key) => key.startsWith("row ") && !stored.has(key));
  if (ops.has("WRITE") && !shared && (redraw || !ops.has("UPSERT"))) {
    return [renderOp("WRITE", { file, text: asText(lines) })];
  }
  if (ops.has("UPSERT")) return [...changed].map(([key, value]) => renderOp("UPSERT", { file, key, value }));
  return ops.has("APPEND") ? [renderOp("APPEND", { file, text: asText(changed) })] : [];
}

/** Plants and cows that are no longer there. */
function outdated(stored: ReadonlyMap<string, string>, { map }: Notes): string[] {
  return [...stored.keys()].filter(
    (key) => (key === "cow" || key.startsWith("plant ")) && !map.has(key) && stored.get(key) !== gone,
  );
}

function asText(lines: ReadonlyMap<string, string>): string {
  return [...lines].map(([key, value]) => `${key}: ${value}`).join("\n");
}
