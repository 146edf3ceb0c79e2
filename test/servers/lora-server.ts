import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, type ChatServer, type ChatServerOptions, startChatServer } from "./chat-server.ts";
import { Loras, problem } from "./loras.ts";

/** A chat server that serves adapters by name, and answers 404 to chats with one that it does not know (any more). */
export class LoraServer implements AsyncDisposable {
  readonly loras = new Loras();
  /** Episode and call of each answered chat. */
  readonly answered: string[] = [];
  /** Chats that were not answered, as their model was not known. */
  refused = 0;
  /** Awaited before each chat is looked at. */
  onRequest: () => unknown = () => {};
  private readonly server: ChatServer;

  constructor(answer: ChatServerOptions["answer"]) {
    this.server = startChatServer({
      answer: async (request): Promise<Answer> => {
        const given = await answer(request);
        this.answered.push(`${request.episodeId} ${request.callId}`);
        return given;
      },
      pages: async (path, read) => {
        const body = JSON.parse((await read()) || "{}") as { readonly model?: string };
        if (path === "/v1/chat/completions") return await this.refusal(body.model ?? "");
        return this.loras.answer(path, body);
      },
    });
  }

  get url(): string {
    return this.server.url;
  }

  private async refusal(model: string): Promise<Response | undefined> {
    await this.onRequest();
    if (model === "base" || this.loras.known.has(model)) return undefined;
    this.refused += 1;
    return problem(404, "NotFoundError", `The model \`${model}\` does not exist.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}

/** Makes a folder as PEFT writes it. */
export function makeAdapter(folder: string, weights = "weights", config: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(folder, { recursive: true });
  const usual = { r: 8, lora_alpha: 16, target_modules: ["q_proj"], use_dora: false, modules_to_save: null };
  writeFileSync(join(folder, "adapter_config.json"), JSON.stringify({ ...usual, ...config }));
  writeFileSync(join(folder, "adapter_model.safetensors"), weights);
}
