import type { MemoryDelta, MemoryImage } from "../memory/store.ts";

const minVolume = 16 * 1024;
/** Keyframes share unchanged pieces with their predecessors, so they may come this often however large memory is. */
const maxVolume = 256 * 1024;
/** What an event weighs besides its text. */
const changeWeight = 256;

/**
 * Says when the next memory keyframe is due: when the changes since the last one outweigh the memory at that keyframe. Depends on
 * content alone, so a replay writes the same keyframes.
 */
export class KeyframePolicy {
  private threshold = minVolume;
  private volume = 0;

  add(delta: MemoryDelta): void {
    this.volume += changeWeight + textBytes(delta);
  }

  get due(): boolean {
    return this.volume >= this.threshold;
  }

  /** A keyframe of this image was written. */
  written(image: MemoryImage): void {
    const bytes = Object.values(image.files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    this.threshold = Math.min(maxVolume, Math.max(minVolume, bytes));
    this.volume = 0;
  }
}

function textBytes(delta: MemoryDelta): number {
  const spliced = delta.splices?.reduce((sum, splice) => sum + Buffer.byteLength(splice.insert), 0) ?? 0;
  return Buffer.byteLength(delta.text ?? "") + spliced;
}
