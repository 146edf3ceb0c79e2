import { sha256 } from "../hash.ts";
import { memoryFromImage } from "../memory/image-store.ts";
import type { Changed, MemoryStore, Refusal } from "../memory/store.ts";
import type { NewEvent } from "../trace/events.ts";
import { metricsSchema } from "./definitions.ts";
import { MetricsPass } from "./metrics-pass.ts";

type Of<K extends NewEvent["kind"]> = Omit<Extract<NewEvent, { kind: K }>, "kind" | "step">;

const hash = "0".repeat(64);

/** An episode written down by hand: each method adds one event with unremarkable values, except for those given. */
export class Script {
  readonly events: NewEvent[] = [];
  private step = -1;
  private ops = 0;
  private readonly store = memoryFromImage({ files: {} });
  private readonly texts = new Map<string, string>();

  observe(): this {
    this.step += 1;
    const frame = { key: true as const, width: 0, height: 0, cells: [], gauges: [] };
    const seen = { longTerm: hash, shortTerm: hash, features: hash, turn: this.step, reward: 0, frame, milestones: [] };
    this.events.push({ kind: "obs", step: this.step, ...seen, terminated: false, truncated: false, progression: 0 });
    return this;
  }

  effect(given: Partial<Of<"effect">> = {}): this {
    const judged = { changed: true, intended: true, flags: [], summary: "", reversals: 0 };
    const counted = { oscillating: false, stuck: false, sameText: false };
    this.events.push({ kind: "effect", step: this.step, ...judged, ...counted, ...given });
    return this;
  }

  call(given: Partial<Of<"call">> & { prompt: number }): this {
    const { prompt, ...rest } = given;
    const asked = {
      callId: "c",
      conversation: "c",
      phase: "log" as const,
      role: "memory" as const,
      added: [],
      seed: 0,
    };
    const limits = { maxTokens: 10, temperature: 1, budget: 10, shortened: [], reply: hash, servedModel: "m" };
    const tokens = { prompt, cached: null, output: 7, exact: true };
    this.events.push({ kind: "call", step: this.step, ...asked, ...limits, finish: "stop", tokens, ...rest });
    return this;
  }

  op(name: string, given: Partial<Of<"op">> = {}): this {
    const issued = { opId: `op${this.ops++}`, callId: "c", origin: "model" as const, phase: "log" as const, args: {} };
    const became = { offset: 0, status: "ok" as const, result: hash, shown: true };
    this.events.push({ kind: "op", step: this.step, name, ...issued, ...became, ...given });
    return this;
  }

  /** A read op whose result the model was shown. */
  read(name: string, args: Record<string, string>, result: string, given: Partial<Of<"op">> = {}): this {
    return this.op(name, { args, result: this.stored(result), ...given });
  }

  /** What the op before does to the store. */
  memory(change: (store: MemoryStore) => Changed | Refusal): this {
    const changed = change(this.store);
    if (!changed.ok || changed.delta === null) throw new Error("the change of a script must change something");
    this.events.push({ kind: "mem", step: this.step, opId: `op${this.ops - 1}`, delta: changed.delta });
    return this;
  }

  /** Puts files into the store before the first keyframe. */
  keyframe(files: Readonly<Record<string, string>>): this {
    for (const [name, text] of Object.entries(files)) this.store.create(name, text);
    const { files: stored } = this.store.image();
    const hashes = Object.fromEntries(Object.entries(stored).map(([name, text]) => [name, this.stored(text)]));
    this.events.push({ kind: "mem.keyframe", step: Math.max(0, this.step), files: hashes, storeHash: hash });
    return this;
  }

  gate(): this {
    this.events.push({
      ...{ kind: "gate", step: this.step, gateId: "g", action: "A" },
      ...{ verdict: "reject", reason: "", rejection: 1 },
    });
    return this;
  }

  act(given: Partial<Of<"action">> = {}): this {
    const commit = { raw: "A", canonical: "A", rule: "exact", executed: "A", source: "model" as const, valid: true };
    this.events.push({ kind: "action", step: this.step, ...commit, ...given });
    return this;
  }

  metrics() {
    const pass = new MetricsPass((blob) => this.texts.get(blob) ?? "");
    for (const event of this.events) pass.add(event);
    return metricsSchema.parse(pass.result());
  }

  private stored(text: string): string {
    this.texts.set(sha256(text), text);
    return sha256(text);
  }
}

/** `[count, of]` of a rate. */
export function parts({ count, of }: { readonly count: number; readonly of: number }): [number, number] {
  return [count, of];
}
