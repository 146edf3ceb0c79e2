import type { MemoryDelta } from "../memory/store.ts";
import { KeyframePolicy } from "../trace/keyframes.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/** Records every change of the memory store, remembers when each file was last written, and writes keyframes by volume. */
export class MemoryJournal {
  /** File name -> step of its last change; initial files are absent. */
  readonly lastWritten = new Map<string, number>();
  private readonly setup: EpisodeSetup;
  private readonly policy = new KeyframePolicy();

  constructor(setup: EpisodeSetup) {
    this.setup = setup;
  }

  change(step: number, opId: string, delta: MemoryDelta): void {
    record(this.setup, { kind: "mem", step, opId, delta });
    if (delta.change === "delete") this.lastWritten.delete(delta.file);
    else this.lastWritten.set(delta.file, step);
    this.policy.add(delta);
  }

  /** A keyframe when enough has changed since the last one, or always with `force`. */
  keyframe(step: number, force = false): void {
    if (!force && !this.policy.due) return;
    const image = this.setup.store.image();
    const files = Object.fromEntries(
      Object.entries(image.files).map(([name, text]) => [name, this.setup.sink.blob(text)]),
    );
    record(this.setup, { kind: "mem.keyframe", step, files, storeHash: image.storeHash });
    this.policy.written(image);
  }
}
