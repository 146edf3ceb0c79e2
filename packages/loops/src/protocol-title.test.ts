import { expect, test } from "vitest";
import { protocolTitle } from "./protocol-title.ts";
import { loadProtocol, protocolNames } from "./seeds-folder.ts";

test.each(protocolNames())("%s is called by its name alone", (name) => {
  expect(protocolTitle(loadProtocol(name))).toBe(name);
});

test("changed switches are named, where there is a set to be held against", () => {
  const published = loadProtocol("published");
  const changed = { ...published, temperature: 0.3, planCalls: 4 };
  expect(protocolTitle(changed)).toBe("published with planCalls 4, temperature 0.3");
  expect(protocolTitle({ ...changed, name: "my own" })).toBe("my own");
});
