import { type ChatServer, startChatServer } from "./chat-server.ts";

/**
 * A served model that plays without looking: one line for its notes in every LOG, and the actions of `wander` in turn. `onRequest` is awaited before each
 * answer.
 */
export function startWanderingServer(wander: readonly string[], onRequest: () => void | Promise<void>): ChatServer {
  return startChatServer({
    models: [{ id: "test-model", max_model_len: 131_072 }],
    answer: async ({ messages }) => {
      await onRequest();
      const told = messages.map(({ content }) => content).join("\n");
      const commands = messages.findLast(({ role }) => role === "user")?.content ?? "";
      if (commands.includes("<|DONE|>")) return { text: "<|APPEND|>actions_log.txt|walked on<|END|>\n<|DONE|>" };
      const step = Number(/^Step (\d+) of/m.exec(told)?.[1] ?? 0);
      return { text: `<|ACTION|>${wander[step % wander.length]}<|END|>` };
    },
  });
}
