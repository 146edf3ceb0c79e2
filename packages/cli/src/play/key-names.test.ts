import { registeredFamilies } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { keyNames } from "./key-names.ts";
import { ownKeys } from "./play-view.ts";

test.each<[string, string[]]>([
  ["aK.", ["a", "K", "."]],
  ["\r\n \t\u007f", ["enter", "enter", "space", "tab", "backspace"]],
  ["\u0004\u0003\u0018", ["ctrl-d", "ctrl-c", "ctrl-x"]],
  ["\u001b[A\u001bOB\u001b[1;5C\u001b[D", ["up", "down", "right", "left"]],
  ["\u001b", ["escape"]],
  ["\u001bp\u001bP", ["alt-p", "alt-P"]],
  ["\u001b[15~x", ["x"]],
  ["é", ["é"]],
])("%j", (sent, names) => {
  expect(keyNames(sent)).toEqual(names);
});

describe("the keys of every family", () => {
  for (const { name, keys, tasks, taskFiles } of registeredFamilies()) {
    test(`${name}: play actions of its tasks, some in each, and leave ours alone`, () => {
      const entries = Object.entries(keys ?? {});
      for (const { id, actions } of tasks) {
        const listed = new Set(actions.map((action) => action.name));
        expect(entries.filter(([, action]) => listed.has(action)).length, id).toBeGreaterThan(0);
      }
      const all = new Set(tasks.flatMap(({ actions }) => actions.map((action) => action.name)));
      // Tasks in files may have other actions than those that are listed.
      for (const [key, action] of taskFiles === undefined ? entries : []) expect(all, key).toContain(action);
      for (const key of ownKeys) expect(keys).not.toHaveProperty([key]);
    });
  }
});
