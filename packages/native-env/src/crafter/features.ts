import type { Features } from "@metamem/core";
import { z } from "zod";
import type { ViewBytes } from "./block.ts";
import { inventoryNames, itemNames, maxItem, type SemanticName, semanticNames, vitalNames } from "./tables.ts";

const count = z.int().min(0).max(maxItem);
const unit = z.int().min(-1).max(1);

/** What a player can see, typed. Positions are in cells, x to the east, y to the south. */
const crafterFeatures = z.strictObject({
  /** From where the player started. */
  position: z.strictObject({ x: z.int(), y: z.int() }),
  /** The direction looked at and what stands there; `nothing` beyond the edge of the map. */
  facing: z.strictObject({ x: unit, y: unit, sees: z.string() }),
  vitals: z.strictObject({ health: count, food: count, drink: count, energy: count }),
  /** What is carried; items with none are left out. */
  inventory: z.partialRecord(z.enum(inventoryNames), count),
  sleeping: z.boolean(),
  dead: z.boolean(),
  /** Brightness of the picture, 0 (night) to 1 (day), in hundredths. */
  daylight: z.number().min(0).max(1),
  /** The visible map, one string per row, one glyph per cell (`glyphs`); the player is in the middle. */
  view: z.array(z.string()),
});

export type CrafterFeatures = z.infer<typeof crafterFeatures>;

export const featureSchema: z.ZodType<Features> = crafterFeatures;

/** Glyph of each semantic name in `view`. */
export const glyphs: Readonly<Record<SemanticName, string>> = {
  None: " ",
  water: "~",
  grass: ".",
  stone: "#",
  path: "_",
  sand: ":",
  tree: "T",
  lava: "!",
  coal: "c",
  iron: "i",
  diamond: "d",
  table: "t",
  furnace: "f",
  player: "@",
  cow: "C",
  zombie: "Z",
  skeleton: "S",
  arrow: "*",
  plant: "p",
};

const glyphById = semanticNames.map((name) => glyphs[name]);

/** The features of a view; `width` is the number of visible columns. */
export function featuresOf(view: ViewBytes, width: number): CrafterFeatures {
  return {
    position: { x: view.x, y: view.y },
    facing: { x: view.facingX, y: view.facingY, sees: view.facingId === 0 ? "nothing" : nameOf(view.facingId) },
    ...itemsOf(view.items),
    sleeping: view.sleeping,
    dead: view.dead,
    daylight: Math.round(view.daylight * 100) / 100,
    view: rowsOf(view.grid, width),
  };
}

function nameOf(id: number): SemanticName {
  return semanticNames[id] ?? "None";
}

function itemsOf(items: Uint8Array): Pick<CrafterFeatures, "vitals" | "inventory"> {
  const vitals = { health: 0, food: 0, drink: 0, energy: 0 };
  const inventory: CrafterFeatures["inventory"] = {};
  vitalNames.forEach((name, index) => {
    vitals[name] = items[index] ?? 0;
  });
  for (let index = vitalNames.length; index < itemNames.length; index++) {
    const amount = items[index] ?? 0;
    const name = inventoryNames[index - vitalNames.length];
    if (amount > 0 && name !== undefined) inventory[name] = amount;
  }
  return { vitals, inventory };
}

function rowsOf(grid: Uint8Array, width: number): string[] {
  const rows: string[] = [];
  for (let start = 0; start < grid.length; start += width) {
    let row = "";
    for (let index = start; index < start + width; index++) row += glyphById[grid[index] ?? 0] ?? "?";
    rows.push(row);
  }
  return rows;
}
