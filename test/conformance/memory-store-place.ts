import type { Changed, MemoryLimits, MemoryStore, Refusal } from "@metamem/core";

/** A place for one memory. */
export interface MemoryPlace {
  open(limits?: Partial<MemoryLimits>): MemoryStore;
  /** Opens what the last store left behind; null where nothing outlives a store. */
  reopen(): MemoryStore | null;
  dispose(): void;
}

/** Opens a store in a place of its own. */
export type OpenStore = (limits?: Partial<MemoryLimits>) => MemoryStore;

/** The result of a write that must not be refused. */
export function changed(result: Changed | Refusal): Changed {
  if (!result.ok) throw new Error(`refused: ${result.message}`);
  return result;
}

/** Why something was refused, `none` if it was not. */
export function fault(result: { readonly ok: boolean } | Refusal): string {
  return "fault" in result ? result.fault : "none";
}

export function files(store: MemoryStore): Record<string, string> {
  return { ...store.image().files };
}
