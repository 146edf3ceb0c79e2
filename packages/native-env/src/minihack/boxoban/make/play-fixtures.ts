/** For tests: the rules written down once more, without anything of the solver's, on rows of symbols. */
const steps = { north: [0, -1], east: [1, 0], south: [0, 1], west: [-1, 0] } as const;
export type Step = keyof typeof steps;
export const allSteps = Object.keys(steps) as Step[];

export interface Scene {
  readonly walls: ReadonlySet<string>;
  readonly goals: ReadonlySet<string>;
  readonly boxes: ReadonlySet<string>;
  readonly player: readonly [x: number, y: number];
}

export function sceneOf(rows: readonly string[]): Scene {
  const places = (symbol: string) =>
    rows.flatMap((row, y) => [...row].flatMap((found, x) => (found === symbol ? [`${x},${y}`] : [])));
  const [x = 0, y = 0] = places("@")[0]?.split(",").map(Number) ?? [];
  return { walls: new Set(places("#")), goals: new Set(places(".")), boxes: new Set(places("$")), player: [x, y] };
}

/** What a step leads to, and whether it pushed; null when something is in the way. */
export function stepIn(scene: Scene, step: Step): { readonly scene: Scene; readonly pushed: boolean } | null {
  const [dx, dy] = steps[step];
  const [x, y] = [scene.player[0] + dx, scene.player[1] + dy];
  const [here, beyond] = [`${x},${y}`, `${x + dx},${y + dy}`];
  if (scene.walls.has(here)) return null;
  if (!scene.boxes.has(here)) return { scene: { ...scene, player: [x, y] }, pushed: false };
  if (scene.walls.has(beyond) || scene.boxes.has(beyond)) return null;
  const boxes = new Set(scene.boxes);
  boxes.delete(here);
  boxes.add(beyond);
  return { scene: { ...scene, boxes, player: [x, y] }, pushed: true };
}

export function isSolved({ boxes, goals }: Scene): boolean {
  return [...boxes].every((box) => goals.has(box));
}

/** Fewest pushes that solve it, by trying everything; null when nothing does. */
export function fewestPushes(rows: readonly string[]): number | null {
  let layer = [sceneOf(rows)];
  const seen = new Set<string>();
  for (let pushes = 0; layer.length > 0; pushes++) {
    const next: Scene[] = [];
    // Walking is free, so the positions it reaches join the layer they are reached in.
    for (const scene of layer) {
      const key = `${[...scene.boxes].sort().join(" ")}|${scene.player}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (isSolved(scene)) return pushes;
      for (const step of allSteps) {
        const result = stepIn(scene, step);
        if (result !== null) (result.pushed ? next : layer).push(result.scene);
      }
    }
    layer = next;
  }
  return null;
}
