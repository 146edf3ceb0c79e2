import { crc32 } from "node:zlib";
import { type Comparison, compare, type Unchecked } from "../../parity/comparison.ts";
import type { CrafterGame } from "../game.ts";
import { objectClasses } from "../tables.ts";
import type { RecordedReset } from "./recording.ts";

/** What a recording knows about the world right after the reset, field by field. `textures` draw its frame. */
export function* checkReset(
  game: CrafterGame,
  expected: RecordedReset,
  textures: Uint8Array | null,
  unchecked: Unchecked,
): Generator<Comparison> {
  const actual = resetFacts(game);
  for (const [field, value] of Object.entries(expected)) {
    const fact = actual[field];
    if (field === "frame_crc") {
      if (textures === null) unchecked.add("frames");
      else yield compare("reset.frame_crc", value, crc32(game.picture(textures)));
    } else if (fact === undefined) {
      unchecked.add(`reset.${field}`);
    } else if (field === "counts") {
      yield* checkCounts(value as Record<string, number>, fact() as Record<string, number>);
    } else {
      yield compare(`reset.${field}`, value, fact());
    }
  }
}

/** Computed only for the fields a recording has. */
function resetFacts(game: CrafterGame): Record<string, () => unknown> {
  const { worldSeed, simplexSeed, objects, chunks } = game.details();
  const named = objects.map(([kind, x, y]): [string, number, number] => [objectClasses[kind] ?? "?", x, y]);
  return {
    world_seed: () => worldSeed,
    simplex_seed: () => simplexSeed,
    mat_crc: () => crc32(game.materials()),
    sem_crc: () => game.semanticCrc(),
    rng_crc: () => game.rngCrc(),
    n_obj: () => game.results.liveObjects,
    daylight: () => game.results.daylight,
    chunks: () => chunks,
    mat: () => Array.from(game.materials(), (id) => "0123456789abc"[id]).join(""),
    material_counts: () => materialCounts(game.materials()),
    objects: () => named,
    counts: () => countBy(named.map(([name]) => name)),
  };
}

function materialCounts(materials: Uint8Array): number[] {
  const counts = new Array<number>(13).fill(0);
  for (const id of materials) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** A class that is left out counts as none. */
function* checkCounts(expected: Record<string, number>, actual: Record<string, number>): Generator<Comparison> {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    yield compare(`reset.counts.${name}`, expected[name] ?? 0, actual[name] ?? 0);
  }
}
