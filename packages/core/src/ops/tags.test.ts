import { describe, expect, test } from "vitest";
import { parseOps } from "./grammar.ts";
import { Slips, scanTags } from "./tags.ts";

describe("unknown names", () => {
  test("are looked for once each, however often they stand in a text", () => {
    for (const name of ["serach", "nothing", "REED", "ABCDEFGHIJ"]) {
      const slips = new Slips();
      for (const tag of scanTags(`<|${name}|>`.repeat(5000), slips)) slips.suggestion(tag.name);
      expect(slips.searches, name).toBe(1);
    }
  });

  test("are still told apart where no suggestion is made any more", () => {
    const slips = new Slips();
    for (let each = 0; each < 5000; each++) slips.suggestion(`NAME${each}`);
    expect(slips.searches).toBe(100);
    expect(slips.suggestion("REED")).toBeUndefined();
    expect([...scanTags("<|serach|><|nothing|>", slips)].map((tag) => tag.name)).toEqual(["SERACH"]);
  });

  test("of a reply get a suggestion up to the hundredth", () => {
    const text = Array.from({ length: 99 }, (_value, each) => `<|NO${each}|>`).join("");
    const messages = parseOps(`${text}<|REED|><|REEED|><|REED|>`).map((attempt) => (attempt.ok ? "" : attempt.message));
    const near = messages.map((message) => message.includes("nearest is READ"));
    expect(near.slice(-3)).toEqual([true, false, true]);
    expect(messages).toHaveLength(102);
  });
});
