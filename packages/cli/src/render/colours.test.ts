import { describe, expect, test } from "vitest";
import { colourDepth, Painter } from "./colours.ts";

describe("colourDepth", () => {
  test.each([
    ["no terminal", false, { COLORTERM: "truecolor" }, "none"],
    ["NO_COLOR", true, { NO_COLOR: "1", COLORTERM: "truecolor" }, "none"],
    ["an empty NO_COLOR says nothing", true, { NO_COLOR: "", COLORTERM: "truecolor" }, "truecolor"],
    ["dumb terminal", true, { TERM: "dumb", COLORTERM: "truecolor" }, "none"],
    ["truecolor", true, { TERM: "xterm-256color", COLORTERM: "truecolor" }, "truecolor"],
    ["24bit", true, { COLORTERM: "24bit" }, "truecolor"],
    ["256", true, { TERM: "xterm-256color" }, "256"],
  ] as const)("%s", (_name, isTty, env, depth) => expect(colourDepth({ isTty, env })).toBe(depth));
});

describe("Painter", () => {
  test("truecolor, and the nearest of 256", () => {
    expect(new Painter("truecolor").colour("x", 0x010203)).toBe("\u001b[38;2;1;2;3mx\u001b[39m");
    expect(new Painter("256").cell("x", 0xff0000, 0x808080)).toBe("\u001b[38;5;196;48;5;244mx\u001b[0m");
  });

  test("no depth, no change", () => expect(new Painter("none").bold("x")).toBe("x"));
});
