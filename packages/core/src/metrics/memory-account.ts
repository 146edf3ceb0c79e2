import { endOfLine, startOfLine } from "../memory/search-bytes.ts";
import type { EventOf } from "../trace/events.ts";
import { MemoryReplay } from "../trace/memory-replay.ts";

type Delta = EventOf<"mem">["delta"];

/** The memory files as the trace tells them: from the first keyframe, then from deltas. A character is a Unicode code point. */
export class MemoryAccount {
  private readonly replay = new MemoryReplay();
  private readonly sizes = new Map<string, number>();
  private initial: number | null = null;
  private readonly written = { model: 0, scaffold: 0 };

  /** The state an episode starts from, as texts by file; null for later keyframes, which repeat what the deltas already said. */
  start(
    event: Pick<EventOf<"mem.keyframe">, "files" | "storeHash">,
    text: (blob: string) => string,
  ): Readonly<Record<string, string>> | null {
    if (this.initial !== null) return null;
    this.replay.keyframe(event, text);
    const { files } = this.replay.image();
    for (const [name, content] of Object.entries(files)) this.sizes.set(name, Buffer.byteLength(content));
    this.initial = this.characters;
    return files;
  }

  /** Books a change, and returns the lines it put text into, as they are now. */
  change(delta: Delta, origin: "model" | "scaffold"): Uint8Array[] {
    this.replay.apply(delta);
    if (delta.change === "delete") this.sizes.delete(delta.file);
    else this.sizes.set(delta.file, delta.bytes);
    const inserted = [delta.text ?? "", ...(delta.splices ?? []).map((splice) => splice.insert)];
    this.written[origin] += inserted.reduce((sum, text) => sum + countCharacters(text), 0);
    return delta.change === "splice"
      ? editedLines(delta, this.replay.content(delta.file))
      : [Buffer.from(delta.text ?? "")];
  }

  /** Whether a search of `target` had nothing to look at: the file is empty, or every file under the folder is. */
  blank(target: string): boolean {
    const own = this.sizes.get(target);
    if (own !== undefined) return own === 0;
    const folder = target === "*" ? "" : `${target.replace(/\/?\*?$/, "")}/`;
    return [...this.sizes].every(([name, bytes]) => bytes === 0 || !name.startsWith(folder));
  }

  /** Characters of all files now, less those at the start. */
  get growth(): number {
    return this.characters - (this.initial ?? 0);
  }

  get writtenCharacters(): { readonly model: number; readonly scaffold: number } {
    return this.written;
  }

  private get characters(): number {
    return Object.values(this.replay.image().files).reduce((sum, text) => sum + countCharacters(text), 0);
  }
}

/** The whole lines of `content`, the file after the edits, that hold an inserted text. */
function editedLines({ splices = [] }: Delta, content: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let shift = 0;
  for (const { at, remove, insert } of splices) {
    const start = at + shift;
    const length = Buffer.byteLength(insert);
    if (length > 0) lines.push(content.subarray(startOfLine(content, start), endOfLine(content, start + length - 1)));
    shift += length - remove;
  }
  return lines;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
