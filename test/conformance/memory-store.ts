import { afterEach, describe } from "vitest";
import { boundsSuite } from "./memory-store-bounds.ts";
import { historySuite } from "./memory-store-history.ts";
import type { MemoryPlace, OpenStore } from "./memory-store-place.ts";
import { readingSuite } from "./memory-store-reading.ts";
import { writingSuite } from "./memory-store-writing.ts";

/** The contract of MemoryStore, run against any implementation. `newPlace` makes a fresh, empty place each time. */
export function memoryStoreSuite(label: string, newPlace: () => MemoryPlace): void {
  const places: MemoryPlace[] = [];
  const place = () => {
    const made = newPlace();
    places.push(made);
    return made;
  };
  const open: OpenStore = (limits) => place().open(limits);
  afterEach(() => {
    for (const made of places.splice(0)) made.dispose();
  });

  describe(`${label}: reading`, () => readingSuite(open));
  describe(`${label}: writing`, () => writingSuite(open));
  describe(`${label}: bounds`, () => boundsSuite(open));
  describe(`${label}: history`, () => historySuite(place));
}
