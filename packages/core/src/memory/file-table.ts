import { StoreError } from "../errors.ts";
import { type Hash, sha256 } from "../hash.ts";
import type { FileBackend } from "./backend.ts";
import { applySplices, type Splice } from "./edits.ts";
import { FileState } from "./file-state.ts";
import { nameProblem } from "./names.ts";
import type { MemoryDelta } from "./store.ts";
import { encode } from "./text.ts";

/** A change that has passed all checks. */
export type Plan =
  | { readonly change: "create" | "write" | "append"; readonly file: string; readonly text: string }
  | {
      readonly change: "splice";
      readonly file: string;
      readonly splices: readonly Splice[];
      readonly content: Uint8Array;
    }
  | { readonly change: "delete"; readonly file: string };

/** All files of a memory with their states: the one place where bytes change, and where deltas and hashes are made. */
export class FileTable {
  private readonly backend: FileBackend;
  private readonly states: Map<string, FileState>;
  private sorted: readonly string[] | null = null;
  private storeHash: Hash | null = null;
  private total = 0;
  private closed = false;

  constructor(backend: FileBackend, states: Map<string, FileState>) {
    this.backend = backend;
    this.states = states;
    for (const state of states.values()) this.total += state.bytes;
  }

  /** In order of code units. */
  names(): readonly string[] {
    this.checkOpen();
    this.sorted ??= [...this.states.keys()].sort();
    return this.sorted;
  }

  get(name: string): FileState | undefined {
    this.checkOpen();
    return this.states.get(name);
  }

  get totalBytes(): number {
    return this.total;
  }

  obstacle(name: string): string | null {
    return this.backend.obstacle(name, this.states.has(name));
  }

  /** The bytes of a file, valid until its next change. */
  view(name: string): Uint8Array {
    return this.backend.view(name, this.states.get(name)?.bytes ?? 0);
  }

  hash(): Hash {
    this.storeHash ??= sha256(
      this.names()
        .map((name) => `${name} ${this.states.get(name)?.hash}\n`)
        .join(""),
    );
    return this.storeHash;
  }

  perform(plan: Plan): MemoryDelta {
    const { file, change } = plan;
    const before = this.get(file)?.hash ?? null;
    this.total -= this.get(file)?.bytes ?? 0;
    this.carryOut(plan);
    const state = this.states.get(file);
    this.total += state?.bytes ?? 0;
    this.storeHash = null;
    if (change === "create" || change === "delete") this.sorted = null;
    return {
      file,
      change,
      ...("text" in plan ? { text: plan.text } : {}),
      ...("splices" in plan ? { splices: plan.splices } : {}),
      before,
      after: state?.hash ?? null,
      storeHash: this.hash(),
      bytes: state?.bytes ?? 0,
    };
  }

  /** Repeats a recorded change exactly; throws `StoreError` when the file before or the result differs from the record. */
  replay(delta: MemoryDelta): void {
    const { file } = delta;
    const obstacle = nameProblem(file) ?? this.obstacle(file);
    if (obstacle !== null) throw new StoreError("replay", `cannot replay a change of ${file}: ${obstacle}`);
    if ((this.get(file)?.hash ?? null) !== delta.before) {
      throw new StoreError("replay", `cannot replay a change of ${file}: the file differs from the recorded one`, {
        data: { delta },
      });
    }
    const { after, storeHash, bytes } = this.perform(this.planOf(delta));
    if (after !== delta.after || storeHash !== delta.storeHash || bytes !== delta.bytes) {
      throw new StoreError("replay", `replaying a change of ${file} gave another memory than recorded`, {
        data: { delta },
      });
    }
  }

  close(): void {
    this.closed = true;
    this.backend.close();
  }

  private planOf({ file, change, text = "", splices = [] }: MemoryDelta): Plan {
    if (change === "delete") return { change, file };
    if (change === "splice") return { change, file, splices, content: applySplices(this.view(file), splices) };
    return { change, file, text };
  }

  private carryOut(plan: Plan): void {
    const { file } = plan;
    const state = this.states.get(file);
    if (plan.change === "delete") {
      this.backend.remove(file);
      this.states.delete(file);
    } else if (plan.change === "append" && state !== undefined) {
      const data = encode(plan.text);
      this.backend.append(file, state.bytes, data);
      state.append(data);
    } else {
      const data = plan.change === "splice" ? plan.content : encode(plan.text);
      this.backend.replace(file, data);
      this.states.set(file, new FileState(data));
    }
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreError("closed", "this memory store is closed: open it again to use it");
  }
}
