import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatMessage } from "../model/chat-model.ts";
import { chatTemplate, renderChatMl, type TemplateConfig } from "./chat-template.ts";
import { tokenizerPath } from "./load-tokenizer.ts";

const config = JSON.parse(
  readFileSync(join(dirname(tokenizerPath("qwen2.5")), "tokenizer_config.json"), "utf8"),
) as TemplateConfig;

const message: fc.Arbitrary<ChatMessage> = fc.record({
  role: fc.constantFrom("system", "user", "assistant"),
  content: fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("", "\n\nx", "{{ x }}", " {% if %} ", "<|im_end|>"),
  ),
});

test("Qwen2.5's prompts are rendered as its Jinja template renders them", async () => {
  const quick = await chatTemplate(config, "test");
  // A comment makes it another text, which is then run as the program it is.
  const jinja = await chatTemplate({ ...config, chat_template: `${String(config.chat_template)}{# #}` }, "test");
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 6 }), (messages) => {
      expect(quick(messages)).toBe(jinja(messages));
    }),
  );
});

test("special tokens reach a template, as text or as an object", async () => {
  const chat_template =
    "{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content }}{{ eos_token }}{% endfor %}";
  const render = await chatTemplate({ chat_template, bos_token: "<s>", eos_token: { content: "</s>" } }, "test");
  expect(render([{ role: "user", content: "hi" }])).toBe("<s>[user]hi</s>");
});

test("without a template, plain ChatML", async () => {
  expect(await chatTemplate({}, "test")).toBe(renderChatMl);
  expect(renderChatMl([{ role: "user", content: "hi" }])).toBe(
    "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n",
  );
});

test("the default of several templates is taken", async () => {
  const chat_template = [
    { name: "tools", template: "no" },
    { name: "default", template: "yes" },
  ];
  expect((await chatTemplate({ chat_template }, "test"))([])).toBe("yes");
});

test("a template that cannot be read, or that refuses its messages, is a typed error", async () => {
  await expect(chatTemplate({ chat_template: "{% for %}" }, "here")).rejects.toMatchObject({
    code: "setup.chat_template",
  });
  const refusing = await chatTemplate({ chat_template: "{{ raise_exception('only one') }}" }, "here");
  expect(() => refusing([])).toThrow(/here: the chat template fails.*only one/);
});
