import { expect, test } from "vitest";
import { startChatServer } from "../servers/chat-server.ts";
import { always } from "../servers/faults.ts";

test("a long silence is borne: Bun's own idle timer does not end it", async () => {
  // The timer, set to a second here, really fires after eight; it is read when a process starts, hence the child.
  const server = startChatServer({ answer: () => ({ text: "at last" }), faults: always({ kind: "slow", ms: 10_000 }) });
  const program = `
    import { createModel } from "@metamem/core";
    const model = await createModel("compatible:test-model@${server.url}");
    const sampling = { temperature: 1, maxTokens: 50, seed: 7 };
    const request = { callId: "0.log.0", episodeId: "e1", messages: [{ role: "user", content: "go" }], sampling };
    const reply = await model.generate(request, new AbortController().signal);
    console.log(reply.text, reply.failedAttempts.length);`;
  const child = Bun.spawn([process.execPath, "-e", program], {
    env: { ...process.env, BUN_CONFIG_HTTP_IDLE_TIMEOUT: "1" },
    cwd: import.meta.dirname,
    stdout: "pipe",
  });
  expect(await child.stdout.text()).toBe("at last 0\n");
  await server.close();
});
