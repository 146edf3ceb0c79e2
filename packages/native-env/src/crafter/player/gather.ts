import { type Cell, cellCount } from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { type Kind, kindId } from "./terrain.ts";

export interface Find {
  readonly cell: Cell;
  /** Tenths of an action to stand before it. */
  readonly cost: number;
}

/** The cheapest known cell of a kind to work on: settled cells, and where an unsettled sighting may be. */
export function nearestOf(scene: Scene, kind: Kind): Find | null {
  const id = kindId[kind];
  let best: Find | null = null;
  const consider = (cell: Cell) => {
    const cost = scene.routes.cost(cell);
    if (cost < (best?.cost ?? Number.POSITIVE_INFINITY) && !scene.shuns(cell)) best = { cell, cost };
  };
  for (let cell = 0; cell < cellCount; cell++) if (scene.known.grid[cell] === id) consider(cell);
  for (const place of scene.inference.places) if (place.kind === id) for (const cell of place.cells) consider(cell);
  return best;
}

/** Goes to the nearest cell of a kind and works on it, if it costs no more than `within` actions. */
export function collect(scene: Scene, kind: Kind, goal: string, within = Number.POSITIVE_INFINITY): Decision | null {
  const find = nearestOf(scene, kind);
  if (find === null || find.cost > within * 10) return null;
  const action = scene.workOn(find.cell);
  return action === null ? null : { action, goal, cell: find.cell };
}
