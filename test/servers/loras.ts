/** What a server knows about adapters, and what it answers about them: as vLLM 0.32 does. */
export class Loras {
  /** Name to folder. */
  readonly known = new Map<string, string>();
  /** Every load that was done, by name. */
  readonly loads: string[] = [];
  /** Answered to loads instead. */
  refuse: (() => Response) | null = null;

  /** Undefined for a page that is not about adapters. */
  answer(path: string, body: unknown): Response | undefined {
    const { lora_name: name = "", lora_path: folder = "" } = (body ?? {}) as Record<string, string>;
    if (path === "/v1/models") return this.list();
    if (path === "/v1/load_lora_adapter") return this.load(name, folder);
    if (path !== "/v1/unload_lora_adapter") return undefined;
    if (this.known.delete(name)) return new Response(`Success: LoRA adapter '${name}' removed successfully.`);
    return problem(404, "NotFoundError", `The lora adapter '${name}' cannot be found.`);
  }

  private list(): Response {
    const adapters = [...this.known].map(([id, root]) => ({ id, root, parent: "base" }));
    return Response.json({ data: [{ id: "base", max_model_len: 131_072 }, ...adapters] });
  }

  private load(name: string, folder: string): Response {
    if (this.refuse !== null) return this.refuse();
    if (this.known.has(name)) {
      return problem(400, "InvalidUserInput", `The lora adapter '${name}' has already been loaded. If you want ...`);
    }
    this.known.set(name, folder);
    this.loads.push(name);
    return new Response(`Success: LoRA adapter '${name}' added successfully.`);
  }
}

/** An error in vLLM's form. */
export function problem(code: number, type: string, message: string): Response {
  return Response.json({ error: { message, type, param: null, code } }, { status: code });
}
