import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { SetupError } from "../errors.ts";

const initialBuffer = 8 * 1024;
/** A larger buffer is let go after a flush: thousands of episodes may be open in one process. */
const keptBuffer = 64 * 1024;

/** A file that only grows. What is added waits in memory until `flush`, so that a group of files can be written in a fixed order. */
export class AppendFile {
  private readonly path: string;
  private readonly fd: number;
  private buffer = Buffer.allocUnsafe(initialBuffer);
  private used = 0;
  private written: number;

  /** Creates the file if it is missing and continues at its end. `durable`: what is flushed is on the disk, not only with the operating system. */
  constructor(path: string, durable = false) {
    this.path = path;
    const { O_APPEND, O_CREAT, O_WRONLY, O_DSYNC } = constants;
    this.fd = openSync(path, O_APPEND | O_CREAT | O_WRONLY | (durable ? O_DSYNC : 0), 0o666);
    this.written = fstatSync(this.fd).size;
  }

  /** Bytes in the file once everything waiting is written: the offset of what comes next. */
  get size(): number {
    return this.written + this.used;
  }

  get waiting(): number {
    return this.used;
  }

  /** Adds a text as UTF-8; returns its number of bytes. */
  addText(text: string): number {
    // A UTF-16 unit needs at most three bytes; long texts are measured rather than over-reserved.
    this.reserve(text.length < initialBuffer ? text.length * 3 : Buffer.byteLength(text));
    const bytes = this.buffer.write(text, this.used);
    this.used += bytes;
    return bytes;
  }

  addBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Hands everything waiting to the operating system. Throws `SetupError` when the disk refuses; the rest stays waiting. */
  flush(): void {
    let done = 0;
    try {
      while (done < this.used) done += writeSync(this.fd, this.buffer, done, this.used - done);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SetupError("write_failed", `cannot write ${this.path}: ${reason}; make room and resume the episode`, {
        cause: error,
      });
    } finally {
      this.written += done;
      this.buffer.copyWithin(0, done, this.used);
      this.used -= done;
    }
    if (this.buffer.length > keptBuffer) this.buffer = Buffer.allocUnsafe(initialBuffer);
  }

  close(): void {
    closeSync(this.fd);
  }

  private reserve(bytes: number): void {
    const needed = this.used + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.used));
    this.buffer = grown;
  }
}
