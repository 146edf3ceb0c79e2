import { describe, expect, test } from "vitest";
import type { Bundle } from "./bundle.ts";
import { type PartSpec, partSpecSchema } from "./manifest.ts";
import { fillSlots, messageText, type PartSources, renderParts } from "./parts.ts";

function bundleWith(texts: Record<string, string>): Bundle {
  return { manifest: { name: "t" }, texts: new Map(Object.entries(texts)), hash: "", folder: "" } as unknown as Bundle;
}

function sources(overrides: Partial<PartSources> = {}): PartSources {
  return { family: "maze", slots: { step: 7 }, source: (name) => `<${name}>`, ...overrides };
}

function specs(...parts: unknown[]): PartSpec[] {
  return parts.map((part) => partSpecSchema.parse(part));
}

describe("renderParts", () => {
  test("neighbours of one role form one message, joined by a blank line", () => {
    const messages = renderParts(
      bundleWith({ "a.md": "fixed\n" }),
      specs(
        { part: "a", role: "system", file: "a.md" },
        { part: "goal", role: "system", source: "goal" },
        { part: "obs", source: "observation" },
      ),
      sources(),
    );
    expect(messages.map((message) => [message.role, messageText(message)])).toEqual([
      ["system", "fixed\n\n<goal>"],
      ["user", "<observation>"],
    ]);
  });

  test("parts of other families and empty parts are left out", () => {
    const messages = renderParts(
      bundleWith({}),
      specs(
        { part: "x", source: "goal", families: ["other"] },
        { part: "n", source: "notices" },
        { part: "o", source: "observation" },
      ),
      sources({ source: (name) => (name === "notices" ? "" : name) }),
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]?.parts.map((part) => part.part)).toEqual(["o"]);
  });

  test("history stays a conversation of its own: the observation never melts into its last message", () => {
    const messages = renderParts(
      bundleWith({}),
      specs({ part: "h", source: "history" }, { part: "o", source: "observation" }),
      sources({ history: [{ role: "user", parts: [{ part: "history.observation", text: "old" }] }] }),
    );
    expect(messages.map(messageText)).toEqual(["old", "<observation>"]);
  });

  test("an unknown slot is the bundle's mistake, not a hole in the prompt", () => {
    expect(fillSlots("at {{step}}", { step: 7 }, "t")).toBe("at 7");
    expect(() => fillSlots("at {{nowhere}}", { step: 7 }, "t")).toThrow(/no slot \{\{nowhere\}\}/);
  });
});
