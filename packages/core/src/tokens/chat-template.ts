import { SetupError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import type { ChatMessage } from "../model/chat-model.ts";

/** Makes one text of a conversation, up to where the reply begins. */
export type RenderChat = (messages: readonly ChatMessage[]) => string;

/** The part of a `tokenizer_config.json` that a template can ask for. */
export interface TemplateConfig {
  readonly chat_template?: unknown;
  readonly bos_token?: unknown;
  readonly eos_token?: unknown;
  readonly pad_token?: unknown;
  readonly unk_token?: unknown;
}

/**
 * The chat template of a model's `tokenizer_config.json`, a Jinja program, as servers run it.
 * @throws SetupError for a template that cannot be read; the returned function throws it for messages that the template refuses.
 */
export async function chatTemplate(config: TemplateConfig, where: string): Promise<RenderChat> {
  const source = templateSource(config.chat_template);
  if (source === null) return renderChatMl;
  if (sha256(source) === qwen25Template) return renderQwen25;
  const { Template } = await import("@huggingface/jinja");
  const tokens = Object.fromEntries(
    (["bos_token", "eos_token", "pad_token", "unk_token"] as const).map((name) => [name, tokenText(config[name])]),
  );
  const template = attempt(where, () => new Template(source));
  return (messages) =>
    attempt(where, () =>
      template.render({
        ...tokens,
        messages: messages.map((message) => ({ ...message })),
        add_generation_prompt: true,
      }),
    );
}

/** ChatML without a system message of its own: what Qwen2.5's template does when there is one, and our guess for a tokenizer without template. */
export function renderChatMl(messages: readonly ChatMessage[]): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return `${turns.join("")}<|im_start|>assistant\n`;
}

/** SHA-256 of the template that all Qwen2.5 text models share. */
const qwen25Template = "cd8e9439f0570856fd70470bf8889ebd8b5d1107207f67a5efb46e342330527f";

/** The same as that template for messages of text (without tools), fifty times as fast: prompts are counted several times per call. */
export function renderQwen25(messages: readonly ChatMessage[]): string {
  return messages[0]?.role === "system" ? renderChatMl(messages) : `${ownSystemMessage}${renderChatMl(messages)}`;
}

const ownSystemMessage =
  "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n";

/** A template is one text, or a list of named ones with `default` among them. */
function templateSource(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return null;
  const named = value as readonly { readonly name?: unknown; readonly template?: unknown }[];
  const template = named.find(({ name }) => name === "default")?.template;
  return typeof template === "string" ? template : null;
}

/** A special token is written as text, or as an object that holds it. */
function tokenText(value: unknown): string {
  if (typeof value === "string") return value;
  const content = (value as { readonly content?: unknown } | null | undefined)?.content;
  return typeof content === "string" ? content : "";
}

function attempt<T>(where: string, render: () => T): T {
  try {
    return render();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError("chat_template", `${where}: the chat template fails: ${problem}`, { cause });
  }
}
