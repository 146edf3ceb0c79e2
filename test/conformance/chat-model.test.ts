import { createModel, type PresetName, presets } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { answersOf, startChatServer } from "../servers/chat-server.ts";
import { describeChatModel, type StartModel } from "./chat-model.ts";

describeChatModel("scripted", async (player, contextTokens) => ({
  model: await createModel("scripted", { player, contextTokens }),
  stop: async () => {},
}));

/** The scripted model behind a real server: the same replies must arrive. */
function behindServer(preset: PresetName): StartModel {
  return async (player, contextTokens) => {
    const server = startChatServer({
      answer: answersOf(await createModel("scripted", { player, contextTokens })),
      unknownFields: presets[preset].unknownFields,
      models: [{ id: "test-model", max_model_len: contextTokens }],
    });
    const model = await createModel(`${preset}:test-model@${server.url}`, { variables: {} });
    return { model, stop: server.close };
  };
}

for (const preset of Object.keys(presets) as PresetName[]) describeChatModel(preset, behindServer(preset));

describe("the two ways to the same player", () => {
  test("say whether they are rule-based, and how many tokens fit", async () => {
    const signal = new AbortController().signal;
    const player = { label: "echo", reply: () => "x" };
    const scripted = await createModel("scripted", { player });
    expect(await scripted.open(signal)).toEqual({
      spec: "scripted",
      ruleBased: true,
      contextTokens: 32_768,
      server: null,
      template: null,
    });
    expect((await scripted.generate(aRequest, signal)).servedModel).toBe("echo");
    const { model, stop } = await behindServer("vllm")(player, 5000);
    expect(await model.open(signal)).toMatchObject({ ruleBased: false, contextTokens: 5000 });
    expect((await model.generate(aRequest, signal)).servedModel).toBe("test-model");
    await stop();
  });

  test("scripted without a player is a usage error", async () => {
    await expect(createModel("scripted")).rejects.toMatchObject({ code: "usage.no_player", exitCode: 2 });
  });
});

const aRequest = {
  callId: "0.log.0",
  episodeId: "e1",
  messages: [{ role: "user", content: "go" }],
  sampling: { temperature: 0, maxTokens: 10, seed: 1 },
} as const;
