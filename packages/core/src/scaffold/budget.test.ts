import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScaffoldError } from "../errors.ts";
import { fitPrompt, promptTokens } from "./budget.ts";
import { messageText, type PromptMessage } from "./parts.ts";

/** One token per character: exact arithmetic for the tests. */
const counter = { exact: true, count: (text: string) => text.length };

function lines(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${prefix} line ${index}`).join("\n");
}

const prompt: PromptMessage[] = [
  { role: "system", parts: [{ part: "fixed", text: lines("fixed", 10) }] },
  { role: "user", parts: [{ part: "old", text: lines("old", 100), shorten: { rank: 1, keep: "start" } }] },
  { role: "user", parts: [{ part: "new", text: lines("new", 100), shorten: { rank: 1, keep: "end" } }] },
];

describe("fitPrompt", () => {
  test("leaves a fitting prompt alone", () => {
    const fitted = fitPrompt(prompt, 100_000, counter);
    expect(fitted.messages).toEqual(prompt);
    expect(fitted.shortened).toEqual([]);
  });

  test("cuts the oldest declared part first, visibly, at line ends", () => {
    const fitted = fitPrompt(prompt, promptTokens(prompt, counter) - 300, counter);
    expect(fitted.shortened.map((cut) => cut.part)).toEqual(["old"]);
    expect(fitted.changed).toEqual([1]);
    const text = messageText(fitted.messages[1] as PromptMessage);
    expect(text).toMatch(/^old line 0\n/);
    expect(text).toMatch(/\n\[\.\.\. \d+ characters cut here to fit the context \.\.\.\]$/);
    for (const line of text.split("\n").slice(0, -1)) expect(prompt[1]?.parts[0]?.text.split("\n")).toContain(line);
  });

  test("keep: end keeps the newest lines", () => {
    const fitted = fitPrompt(prompt, 1200, counter);
    expect(fitted.shortened.map((cut) => cut.part)).toEqual(["old", "new"]);
    expect(messageText(fitted.messages[2] as PromptMessage)).toMatch(/new line 99$/);
  });

  test("an overflow that remains counts against the scaffold", () => {
    expect(() => fitPrompt(prompt, 100, counter)).toThrow(ScaffoldError);
  });

  test("the result never exceeds the budget, or it throws; undeclared parts are never touched", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 600 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 50, max: 3000 }),
        (texts, budget) => {
          const messages: PromptMessage[] = texts.map((text, index) => ({
            role: "user",
            parts: [
              { part: `keep${index}`, text: `k${index}` },
              {
                part: `cut${index}`,
                text,
                shorten: { rank: 1 + (index % 2), keep: index % 2 === 0 ? "start" : "end" },
              },
            ],
          }));
          try {
            const fitted = fitPrompt(messages, budget, counter);
            expect(promptTokens(fitted.messages, counter)).toBeLessThanOrEqual(budget);
            for (const [index, message] of fitted.messages.entries()) expect(message.parts[0]?.text).toBe(`k${index}`);
          } catch (error) {
            expect(error).toBeInstanceOf(ScaffoldError);
          }
        },
      ),
    );
  });
});

describe("earlier steps", () => {
  const step = (n: number): PromptMessage[] => [
    { role: "user", parts: [{ part: "history.observation", text: lines(`step ${n}`, 10) }], history: true },
    { role: "assistant", parts: [{ part: "history.action", text: "Wait" }], history: true },
  ];
  const conversation: PromptMessage[] = [
    { role: "system", parts: [{ part: "fixed", text: "rules" }] },
    ...[1, 2, 3, 4].flatMap(step),
    { role: "user", parts: [{ part: "observation", text: "now" }] },
  ];

  test("whole steps go, oldest first, and a note says how many", () => {
    const fitted = fitPrompt(conversation, promptTokens(conversation, counter) - 150, counter);
    expect(fitted.messages.map((message) => messageText(message).split("\n")[0])).toEqual([
      "rules",
      "[2 earlier steps left out here to fit the context]",
      "step 3 line 0",
      "Wait",
      "step 4 line 0",
      "Wait",
      "now",
    ]);
    expect(fitted.shortened.map((cut) => cut.part)).toEqual(["history"]);
  });

  test("a conversation that a call has listed keeps its messages", () => {
    expect(() => fitPrompt(conversation, 100, counter, false)).toThrow(ScaffoldError);
  });
});
