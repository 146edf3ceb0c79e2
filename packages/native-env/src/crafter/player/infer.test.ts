import { createRng } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { actionSpecs } from "../actions.ts";
import { CrafterEnvironment } from "../environment.ts";
import { type CrafterFeatures, glyphs } from "../features.ts";
import { defaultTask } from "../tasks.ts";
import { paint } from "./advance.ts";
import { cellAt, cellCount, type Direction, directions, sightX, sightY, visibleCells, xOf, yOf } from "./geometry.ts";
import { infer } from "./infer.ts";
import { parseSight } from "./parse-observation.ts";
import { creatures, fixed, has, kindId, kindNamed } from "./terrain.ts";

const nameOfGlyph = new Map(Object.entries(glyphs).map(([name, glyph]) => [glyph, name]));

/** What really is at each visible cell, read from the features. */
function truth(features: CrafterFeatures): Map<number, number> {
  const { position, view } = features;
  return new Map(
    visibleCells(cellAt(position.x, position.y)).map((cell) => {
      const glyph = view[yOf(cell) - position.y + sightY]?.[xOf(cell) - position.x + sightX];
      return [cell, kindNamed(nameOfGlyph.get(glyph ?? "") ?? "") ?? kindId.unseen];
    }),
  );
}

function facingOf({ facing }: CrafterFeatures): Direction {
  return directions.findIndex(({ dx, dy }) => dx === facing.x && dy === facing.y) as Direction;
}

/** Walks about at random, with a hand for what lies in front, and hands over every moment. */
async function wander(seed: number, steps: number, look: (features: CrafterFeatures, text: string) => void) {
  const rng = createRng(seed);
  const environment = new CrafterEnvironment(defaultTask);
  try {
    let observation = await environment.reset({ seed });
    for (let step = 0; step < steps; step++) {
      look(observation.features as CrafterFeatures, `${observation.longTerm}\n\n${observation.shortTerm}`);
      const moves = actionSpecs.slice(1, 5);
      const action = rng.next() < 0.3 ? "Do" : (moves[Math.floor(step / 6 + rng.next() * 2) % 4]?.name ?? "Noop");
      const result = await environment.step(action);
      if (result.terminated) return;
      observation = result.observation;
    }
  } finally {
    environment.close();
  }
}

describe("against the game itself", () => {
  test.each([3, 4, 5, 6])("world %i: the truth is always among the candidates, and nothing conflicts", async (seed) => {
    const nothingKnown = new Uint8Array(cellCount).fill(kindId.unseen);
    await wander(seed, 150, (features, text) => {
      const at = cellAt(features.position.x, features.position.y);
      const inference = infer(nothingKnown, at, facingOf(features), parseSight(text));
      expect(inference.conflicts).toBe(0);
      const wrong = [...truth(features)].filter(([cell, kind]) => !has(inference.candidates.get(cell) ?? 0, kind));
      expect(wrong, text).toEqual([]);
    });
  });

  test.each([7, 8, 9])("world %i: a map painted on the way is large and nearly always right", async (seed) => {
    const grid = new Uint8Array(cellCount).fill(kindId.unseen);
    let [right, wrong] = [0, 0];
    await wander(seed, 150, (features, text) => {
      const at = cellAt(features.position.x, features.position.y);
      paint(grid, at, infer(grid, at, facingOf(features), parseSight(text)));
      for (const [cell, kind] of truth(features)) {
        const painted = grid[cell] ?? kindId.unseen;
        if (!has(fixed, painted) || has(creatures, kind)) continue;
        if (painted === kind) right++;
        else wrong++;
      }
    });
    // A cell that may hold a creature is painted by the one ground it can have otherwise, which can be mistaken.
    expect(wrong).toBeLessThan(right / 100);
    expect([...grid].filter((kind) => has(fixed, kind)).length).toBeGreaterThan(80);
  });
});

test("lava one step away leaves other sides in doubt only where the scanning order allows it", () => {
  const grid = new Uint8Array(cellCount).fill(kindId.unseen);
  const sides = (text: string) => {
    const { candidates } = infer(grid, cellAt(0, 0), null, parseSight(text));
    return directions
      .filter(({ dx, dy }) => has(candidates.get(cellAt(dx, dy)) ?? 0, kindId.lava))
      .map(({ name }) => name);
  };
  const rest = "\n- stone 1 step to your west\n- path 2 steps to your north\n\nYou face stone at your front.";
  expect(sides(`You see:\n- lava 1 step to your east${rest}`)).toEqual(["east"]);
  expect(sides(`You see:\n- lava 1 step to your north${rest}`)).toEqual(["north", "east", "south"]);
  expect(sides(`You see:\n- lava 2 steps to your north${rest}`)).toEqual([]);
});
