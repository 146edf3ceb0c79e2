import type { EventOf } from "../trace/events.ts";

/** Sizes of the memory files as the trace tells them: from the first keyframe's texts, then from deltas. */
export class MemorySizes {
  private readonly sizes = new Map<string, number>();
  private initial: number | null = null;
  private readonly written = { model: 0, scaffold: 0 };

  /** The state an episode starts from; later keyframes repeat what the deltas already said. */
  start(files: Readonly<Record<string, string>>): void {
    if (this.initial !== null) return;
    for (const [name, text] of Object.entries(files)) this.sizes.set(name, Buffer.byteLength(text));
    this.initial = this.total;
  }

  change(delta: EventOf<"mem">["delta"], origin: "model" | "scaffold"): void {
    if (delta.change === "delete") this.sizes.delete(delta.file);
    else this.sizes.set(delta.file, delta.bytes);
    this.written[origin] += writtenBytes(delta);
  }

  /** Whether a search of `target` had nothing to look at: the file is empty, or every file under the folder is. */
  blank(target: string): boolean {
    const own = this.sizes.get(target);
    if (own !== undefined) return own === 0;
    const folder = target === "*" ? "" : `${target.replace(/\/?\*?$/, "")}/`;
    return [...this.sizes].every(([name, bytes]) => bytes === 0 || !name.startsWith(folder));
  }

  get growth(): number {
    return this.total - (this.initial ?? 0);
  }

  get writtenBytes(): { readonly model: number; readonly scaffold: number } {
    return this.written;
  }

  private get total(): number {
    return [...this.sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }
}

function writtenBytes(delta: EventOf<"mem">["delta"]): number {
  const inserted = (delta.splices ?? []).reduce((sum, splice) => sum + Buffer.byteLength(splice.insert), 0);
  return inserted + Buffer.byteLength(delta.text ?? "");
}
