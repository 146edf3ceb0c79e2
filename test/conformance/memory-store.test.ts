import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MemoryStore, memoryFromImage, openMemoryStore } from "@metamem/core";
import { memoryStoreSuite } from "./memory-store.ts";
import type { MemoryPlace } from "./memory-store-place.ts";

function onDisk(): MemoryPlace {
  const directory = mkdtempSync(join(tmpdir(), "metamem-store-"));
  const stores: MemoryStore[] = [];
  return {
    open(limits = {}) {
      const store = openMemoryStore(directory, { limits });
      stores.push(store);
      return store;
    },
    reopen() {
      return this.open();
    },
    dispose() {
      for (const store of stores) store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function inRam(): MemoryPlace {
  return {
    open: (limits = {}) => memoryFromImage({ files: {} }, { limits }),
    reopen: () => null,
    dispose: () => undefined,
  };
}

memoryStoreSuite("file store", onDisk);
memoryStoreSuite("store in RAM", inRam);
