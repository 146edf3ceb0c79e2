import { type ChatMessage, parseOps } from "@metamem/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crafterPlayer } from "./player.ts";

const commands = {
  log: "Commands:\n- <|READ|>file[|lines]<|END|>: show\n- <|UPSERT|>file|key|value<|END|>: keep\n- <|DONE|>: finish",
  consult: "Commands:\n- <|READ|>file[|lines]<|END|>: show\n- <|HANDOFF|>: let the other model act",
  commit: "Commands:\n- <|READ|>file[|lines]<|END|>: show\n- <|ACTION|>action<|END|>: commit",
};
const index = "Memory files:\n- strategy.txt (4 lines, 90 bytes; last written at step 8): current goal";
const moment =
  "Step 9 of 2000, game turn 10.\n\nYou see:\n- grass 1 step to your west\n\nYou face grass at your front.";

function ask(...messages: readonly ChatMessage[]): (string | undefined)[] {
  return parseOps(crafterPlayer.reply(messages, 1)).map((op) => (op.ok ? op.name : undefined));
}

function user(...parts: readonly string[]): ChatMessage {
  return { role: "user", content: parts.join("\n\n") };
}

const replied: ChatMessage = { role: "assistant", content: "<|READ|>strategy.txt<|END|>" };

describe("the phase shows in the commands on offer", () => {
  test.each(["log", "consult", "commit"] as const)("%s reads first", (phase) => {
    expect(ask(user(commands[phase], index, moment))).toEqual(["READ"]);
  });

  test("then each ends with its own command", () => {
    expect(ask(user(commands.log, index, moment), replied, user("(replies left: 9)")).at(-1)).toBe("DONE");
    expect(ask(user(commands.consult, index, moment), replied, user("(replies left: 9)"))).toEqual(["HANDOFF"]);
    expect(ask(user(commands.commit, index, moment), replied, user("(replies left: 9)"))).toEqual(["ACTION"]);
    const handedOver = user("[READ strategy.txt] 0 lines", commands.commit);
    expect(ask(user(commands.consult, index, moment), replied, handedOver)).toEqual(["ACTION"]);
  });

  test("nothing to read, no command to read with, no reply left for it: it acts at once", () => {
    expect(ask(user(commands.commit, "Memory files: none yet.", moment))).toEqual(["ACTION"]);
    expect(ask(user(moment))).toEqual(["ACTION"]);
    expect(ask(user(commands.commit, index, moment, "(replies left: 1)"))).toEqual(["ACTION"]);
  });
});

test("only actions on offer are committed", () => {
  const reply = crafterPlayer.reply([user("Game actions:\n- Wait: let time pass\n- Leap: jump", moment)], 1);
  expect(parseOps(reply)).toMatchObject([{ name: "ACTION", args: { action: "Wait" } }]);
});

test("prompts it cannot make sense of are answered all the same", () => {
  expect(ask()).toEqual(["ACTION"]);
  expect(ask(user(commands.log))).toEqual(["DONE"]);
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(...Object.values(commands), index, moment, "position: 1,1 facing west", "row +01: 9 ..."),
  );
  const message = fc.record({
    role: fc.constantFrom("system", "user", "assistant"),
    content: fc.array(text).map((parts) => parts.join("\n")),
  });
  fc.assert(
    fc.property(fc.array(message as fc.Arbitrary<ChatMessage>, { maxLength: 6 }), fc.nat(), (messages, seed) => {
      const reply = crafterPlayer.reply(messages, seed);
      expect(parseOps(reply).filter((op) => op.ok).length).toBeGreaterThan(0);
      expect(crafterPlayer.reply(structuredClone(messages), seed)).toBe(reply);
    }),
  );
});
