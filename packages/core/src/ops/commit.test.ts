import { describe, expect, test } from "vitest";
import { findCommit, stripCommits } from "./commit.ts";
import { parseOps } from "./grammar.ts";

const commit = (reply: string) => findCommit(reply, parseOps(reply));

describe("findCommit", () => {
  test("I-11 the last ACTION op commits, not one quoted while thinking", () => {
    expect(commit("I could <|ACTION|>sleep<|END|> but no: <|ACTION|> move_left <|END|> because")).toBe("move_left");
    expect(commit("<ACTION>noop</ACTION>")).toBe("noop");
    expect(commit("<|ACTION|>noop<|END|>\nAction: sleep")).toBe("noop");
  });

  test("I-11 a long action is not cut", () => {
    const action = `write ${"x".repeat(300)}`;
    expect(commit(`<|ACTION|>${action}<|END|>`)).toBe(action);
    expect(commit(`ACTION: ${action}`)).toBe(action);
  });

  test("a malformed last ACTION commits nothing, not an earlier one", () => {
    expect(commit("<|ACTION|>sleep<|END|> then <|ACTION|>move")).toBeNull();
    expect(commit("<|ACTION|>sleep<|END|> then <|ACTION|> <|END|>")).toBeNull();
  });

  test.each([
    ["So I go left.\nACTION: move_left", "move_left"],
    ["  action:move_left \r\n\n", "move_left"],
    ["Action: the door\n", "the door"],
    ["ACTION: move_left\nIt is safe there.", null],
    ["My ACTION: move_left", null],
    ["ACTION:\nmove_left", null],
    ["ACTION: move_left\n<|READ|>a.txt<|END|>", null],
    ["<|READ|>a.txt<|END|>\nACTION: move_left", "move_left"],
    ["<|APPEND|>a.txt|\nACTION: move_left\n<|END|>", null],
    ["<|APPEND|>a.txt|\nACTION: move_left", null],
    ["", null],
  ])("I-11 an action line counts only as the last line, outside of ops: %j", (reply, action) => {
    expect(commit(reply)).toBe(action);
  });
});

describe("stripCommits", () => {
  test.each([
    ["Look: <|READ|>a.txt<|END|>\n<|ACTION|>noop<|END|>", "Look: <|READ|>a.txt<|END|>"],
    ["<|ACTION|>a<|END|>\nThen\n<ACTION>b</ACTION>", "Then"],
    ["Go.\nACTION: x\nACTION: y\n", "Go."],
    ["Go <|ACTION|>unfinished", "Go"],
    ["ACTION: x\nGo.", "ACTION: x\nGo."],
    ["<|ACT<|ACTION|>x<|END|>ION|>y<|END|>", "<|ACT\nION|>y<|END|>"],
    ["<|ACTION|>noop<|END|>", ""],
  ])("%j -> %j", (reply, rest) => {
    expect(stripCommits(reply)).toBe(rest);
  });
});
