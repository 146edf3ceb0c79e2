import type { FileBackend } from "./backend.ts";
import { RamBackend } from "./ram-backend.ts";

/**
 * Keeps files in RAM for as long as `staging` says so, then writes them to `target` and works there. For replays: what a memory held at ten
 * thousand earlier steps need not reach a disk. A kill in between loses nothing that a replay does not bring back.
 */
export class StagedBackend implements FileBackend {
  private readonly target: FileBackend;
  private readonly staging: () => boolean;
  private readonly ram = new RamBackend();
  /** Bytes of each file in RAM; null once they are in the target. */
  private sizes: Map<string, number> | null = new Map();

  /** `target` holds no files. */
  constructor(target: FileBackend, staging: () => boolean) {
    this.target = target;
    this.staging = staging;
  }

  obstacle(name: string, exists: boolean): string | null {
    return this.place().obstacle(name, exists);
  }

  view(name: string, bytes: number): Uint8Array {
    return this.place().view(name, bytes);
  }

  append(name: string, at: number, data: Uint8Array): void {
    this.place().append(name, at, data);
    this.sizes?.set(name, at + data.length);
  }

  replace(name: string, data: Uint8Array): void {
    this.place().replace(name, data);
    this.sizes?.set(name, data.length);
  }

  remove(name: string): void {
    this.place().remove(name);
    this.sizes?.delete(name);
  }

  close(): void {
    try {
      this.settle();
    } finally {
      this.target.close();
    }
  }

  private place(): FileBackend {
    if (this.sizes !== null && !this.staging()) this.settle();
    return this.sizes === null ? this.target : this.ram;
  }

  private settle(): void {
    for (const [name, bytes] of this.sizes ?? []) this.target.replace(name, this.ram.view(name, bytes));
    this.sizes = null;
    this.ram.close();
  }
}
