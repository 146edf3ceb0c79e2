import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { TraceError } from "../errors.ts";

/** A file read by byte range. Its size is taken once, so that a file growing underneath looks the same until it is opened again. */
export class RangeFile {
  readonly path: string;
  readonly size: number;
  /** Bytes read so far: what random access costs is measured, not guessed. */
  bytesRead = 0;
  private readonly fd: number;

  /** Throws `TraceError` when the file cannot be opened. */
  constructor(path: string) {
    this.path = path;
    try {
      this.fd = openSync(path, "r");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TraceError("unreadable", `cannot read ${path}: ${reason}; is this an episode folder?`, {
        cause: error,
      });
    }
    this.size = fstatSync(this.fd).size;
  }

  /** Bytes `from`…`to` (exclusive), or fewer where the file ends. */
  read(from: number, to: number): Buffer {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(to, this.size) - from));
    let done = 0;
    while (done < buffer.length) {
      const count = readSync(this.fd, buffer, done, buffer.length - done, from + done);
      if (count === 0) break;
      done += count;
    }
    this.bytesRead += done;
    return buffer.subarray(0, done);
  }

  close(): void {
    closeSync(this.fd);
  }
}
