import type { FileBackend } from "./backend.ts";

/** Files in RAM: for readers that rebuild a memory from a trace. */
export class RamBackend implements FileBackend {
  private readonly files = new Map<string, Uint8Array>();

  obstacle(): null {
    return null;
  }

  view(name: string, bytes: number): Uint8Array {
    return this.buffer(name).subarray(0, bytes);
  }

  append(name: string, at: number, data: Uint8Array): void {
    let buffer = this.buffer(name);
    if (at + data.length > buffer.length) {
      const grown = new Uint8Array(2 * (at + data.length));
      grown.set(buffer.subarray(0, at));
      this.files.set(name, grown);
      buffer = grown;
    }
    buffer.set(data, at);
  }

  replace(name: string, data: Uint8Array): void {
    this.files.set(name, data.slice());
  }

  remove(name: string): void {
    this.files.delete(name);
  }

  close(): void {
    this.files.clear();
  }

  private buffer(name: string): Uint8Array {
    return this.files.get(name) ?? new Uint8Array(0);
  }
}
