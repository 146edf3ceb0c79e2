import { episodeResultSchema } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { player } from "../games/tower-player.ts";
import { startChatServer } from "../servers/chat-server.ts";
import { towerArgs, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

describe("a rule-based program in one role", () => {
  const ruled = "memory role: rule-based player, not a language model";

  test("is named with its role, in the result and in the trace", async () => {
    await using tower = new ServedTower(5);
    using place = new Workplace();
    const { stdout } = await place.run([...tower.args("run"), "--memory-model", "scripted"]);
    expect(episodeResultSchema.parse(JSON.parse(stdout))).toMatchObject({ rule_based: true, label: ruled });
    const trace = await place.run(["trace", "run"]);
    expect(trace.stdout).toContain("\nmemory role: played by a rule-based program");
  });

  test("is nobody when the scaffold never asks that role", async () => {
    await using tower = new ServedTower(5);
    using place = new Workplace();
    const args = [...tower.args("run"), "--memory-model", "scripted", "--scaffold", "sliding-window"];
    const { stdout } = await place.run(args);
    expect(episodeResultSchema.parse(JSON.parse(stdout))).toMatchObject({ rule_based: false, label: null });
    const trace = await place.run(["trace", "run"]);
    expect(trace.stdout).not.toContain("rule-based");
  });
});

test("with a model per role one logs and consults, the other one acts and sees no action of the first", async () => {
  using place = new Workplace();
  const models = [{ id: "specialist" }, { id: "base" }];
  const server = startChatServer({ answer: ({ messages }) => ({ text: player.reply(messages, 0) }), models });
  try {
    const roles = [
      "--memory-model",
      `compatible:specialist@${server.url}`,
      "--gameplay-model",
      `compatible:base@${server.url}`,
    ];
    const { stdout } = await place.run(["episode", ...towerArgs, ...roles, "--out", "run", "--json"]);
    const { status, progression, rule_based: ruleBased, metrics } = episodeResultSchema.parse(JSON.parse(stdout));
    expect({ status, progression, ruleBased }).toEqual({ status: "finished", progression: 1, ruleBased: false });
    expect(metrics.tokens.gameplay.calls + metrics.tokens.memory.calls).toBe(server.requests.length);
    for (const { callId, body } of server.requests) {
      const phase = callId.split(".")[1];
      expect(body.model).toBe(phase === "commit" ? "base" : "specialist");
      if (!callId.endsWith("commit.0")) continue;
      const said = (body.messages as { readonly role: string; readonly content: string }[]).filter(
        ({ role }) => role === "assistant",
      );
      expect(said.length).toBeGreaterThan(0);
      expect(said.map(({ content }) => content).join()).not.toContain("<|ACTION|>");
    }
  } finally {
    await server.close();
  }
});
