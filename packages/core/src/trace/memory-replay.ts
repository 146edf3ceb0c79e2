import { TraceError } from "../errors.ts";
import { type Hash, sha256 } from "../hash.ts";
import type { MemoryDelta, MemoryImage } from "../memory/store.ts";
import type { EventOf } from "./events.ts";

/** A file as the texts it was appended from: joined only when an edit or the end needs it. */
type Pieces = { texts: Buffer[]; hash: Hash | null };

/** Memory as the events of an episode describe it, rebuilt without a store. */
export class MemoryReplay {
  private files = new Map<string, Pieces>();
  private storeHash: Hash = "";

  keyframe(event: Pick<EventOf<"mem.keyframe">, "files" | "storeHash">, text: (hash: Hash) => string): void {
    this.files = new Map(
      Object.entries(event.files).map(([name, hash]) => [name, { texts: [Buffer.from(text(hash))], hash }]),
    );
    this.storeHash = event.storeHash;
  }

  /** Throws `TraceError` when the change does not fit what came before it. */
  apply(delta: MemoryDelta): void {
    const file = this.files.get(delta.file);
    if ((file?.hash ?? null) !== delta.before) throw misfit(delta.file, "starts from another content");
    if (delta.after === null) this.files.delete(delta.file);
    else this.files.set(delta.file, { texts: changed(file?.texts ?? [], delta), hash: delta.after });
    this.storeHash = delta.storeHash;
  }

  /** The bytes of one file; none when it is absent. */
  content(file: string): Buffer {
    const known = this.files.get(file);
    if (known === undefined) return Buffer.alloc(0);
    if (known.texts.length !== 1) known.texts = [Buffer.concat(known.texts)];
    return known.texts[0] ?? Buffer.alloc(0);
  }

  /** All files, each checked against its hash. */
  image(): MemoryImage {
    const files = [...this.files].map(([name, { texts, hash }]): [string, string] => {
      const bytes = Buffer.concat(texts);
      if (hash !== sha256(bytes)) throw misfit(name, "does not have the recorded hash");
      return [name, bytes.toString()];
    });
    files.sort(([a], [b]) => (a < b ? -1 : 1));
    return { files: Object.fromEntries(files), storeHash: this.storeHash };
  }
}

function changed(texts: Buffer[], delta: MemoryDelta): Buffer[] {
  const text = Buffer.from(delta.text ?? "");
  if (delta.change === "append") {
    texts.push(text);
    return texts;
  }
  return delta.change === "splice" ? spliced(Buffer.concat(texts), delta) : [text];
}

/** The kept stretches of the old file with the inserted texts between them. */
function spliced(old: Buffer, delta: MemoryDelta): Buffer[] {
  const result: Buffer[] = [];
  let kept = 0;
  for (const { at, remove, insert } of delta.splices ?? []) {
    if (at < kept || at + remove > old.length) throw misfit(delta.file, "is edited outside its bounds");
    result.push(old.subarray(kept, at), Buffer.from(insert));
    kept = at + remove;
  }
  result.push(old.subarray(kept));
  return result;
}

function misfit(file: string, problem: string): TraceError {
  return new TraceError("memory", `memory file ${JSON.stringify(file)} ${problem}; the episode folder is damaged`);
}
