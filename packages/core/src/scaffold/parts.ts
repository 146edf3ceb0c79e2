import { ScaffoldError } from "../errors.ts";
import type { ChatMessage } from "../model/chat-model.ts";
import type { Bundle } from "./bundle.ts";
import { type HostSource, type PartSpec, slotPattern } from "./manifest.ts";

/** A rendered prompt part. Texts of one message are joined by one blank line. */
export interface PromptPart {
  readonly part: string;
  readonly text: string;
  /** Copied from the part's declaration; absent: never cut. */
  readonly shorten?: { readonly rank: number; readonly keep: "start" | "end" };
}

export interface PromptMessage {
  readonly role: "system" | "user" | "assistant";
  /** Belongs to an earlier step: left out whole, oldest first, before anything is cut. */
  readonly history?: true;
  readonly parts: readonly PromptPart[];
}

/** What the host offers when a prompt is built. A source that is not available in this place yields nothing. */
export interface PartSources {
  readonly family: string;
  /** Values of `{{slots}}` in the bundle's texts. */
  readonly slots: Readonly<Record<string, string | number>>;
  source(name: Exclude<HostSource, "history">): string | undefined;
  /** Earlier steps as messages (context bundles only). */
  readonly history?: readonly PromptMessage[];
}

/** Renders a list of part declarations into messages; neighbours of one role form one message. */
export function renderParts(bundle: Bundle, specs: readonly PartSpec[], sources: PartSources): PromptMessage[] {
  const messages: { role: PromptMessage["role"]; parts: PromptPart[]; history: boolean }[] = [];
  for (const spec of specs) {
    if (spec.families !== undefined && !spec.families.includes(sources.family)) continue;
    if (spec.source === "history") {
      for (const message of sources.history ?? [])
        messages.push({ role: message.role, parts: [...message.parts], history: true });
      continue;
    }
    const text = partText(bundle, spec, sources);
    if (text.trim() === "") continue;
    const part: PromptPart = {
      part: spec.part,
      text,
      ...(spec.shorten === undefined ? {} : { shorten: spec.shorten }),
    };
    const last = messages.at(-1);
    if (last !== undefined && last.role === spec.role && !last.history) last.parts.push(part);
    else messages.push({ role: spec.role, parts: [part], history: false });
  }
  return messages.map(({ role, parts, history }) => (history ? { role, parts, history } : { role, parts }));
}

export function messageText(message: PromptMessage): string {
  return message.parts.map((part) => part.text).join("\n\n");
}

/** Messages as a model is sent them. */
export function chatOf(messages: readonly PromptMessage[]): ChatMessage[] {
  return messages.map((message) => ({ role: message.role, content: messageText(message) }));
}

function partText(bundle: Bundle, spec: PartSpec, sources: PartSources): string {
  if (spec.source !== undefined && spec.source !== "history") return sources.source(spec.source) ?? "";
  const template = bundle.texts.get(spec.file ?? "") ?? "";
  return fillSlots(template.trimEnd(), sources.slots, `${bundle.manifest.name}/${spec.file}`);
}

/** Replaces `{{name}}`; an unknown name is the bundle's mistake and stops the episode rather than reaching a model. */
export function fillSlots(template: string, slots: Readonly<Record<string, string | number>>, where: string): string {
  // Most parts have none.
  if (!template.includes("{{")) return template;
  return template.replace(slotPattern, (_match, name: string) => {
    const value = slots[name];
    if (value === undefined) {
      throw new ScaffoldError("slot", `${where}: no slot {{${name}}}; there are ${Object.keys(slots).join(", ")}`);
    }
    return String(value);
  });
}
