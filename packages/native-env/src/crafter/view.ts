import type { CellStyle, Colour, Frame, Gauge, ViewSpec } from "@metamem/core";
import type { ViewBytes } from "./block.ts";
import { inventoryNames, maxItem, playerId, type SemanticName, semanticNames, vitalNames } from "./tables.ts";

/** Looks of a cell by day. `glyph` tells apart what colours alone would not. */
interface Look {
  readonly glyph: string;
  readonly foreground: Colour;
  readonly background: Colour;
}

const grassGreen = 0x4f9a45;
const stoneGrey = 0x7d7f85;
const creature = (glyph: string, foreground: Colour): Look => ({ glyph, foreground, background: grassGreen });
const ore = (glyph: string, foreground: Colour): Look => ({ glyph, foreground, background: stoneGrey });

const looks: Readonly<Record<SemanticName, Look>> = {
  None: { glyph: " ", foreground: 0x000000, background: 0x000000 },
  water: { glyph: "~", foreground: 0x9cc9f5, background: 0x2f6fbf },
  grass: { glyph: " ", foreground: 0x3c7d36, background: grassGreen },
  stone: { glyph: " ", foreground: 0x5c5e63, background: stoneGrey },
  path: { glyph: ".", foreground: 0x9a8f7c, background: 0xb8ab93 },
  sand: { glyph: ":", foreground: 0xc7b478, background: 0xe3d49a },
  tree: { glyph: "^", foreground: 0x6fbf5e, background: 0x1f5c2c },
  lava: { glyph: "~", foreground: 0xffd25a, background: 0xd9481c },
  coal: ore("o", 0x1c1c1f),
  iron: ore("o", 0xe8a878),
  diamond: ore("*", 0xc8fbff),
  table: { glyph: "T", foreground: 0x4d2f14, background: 0xa9743c },
  furnace: { glyph: "F", foreground: 0xffb14a, background: 0x4a4c52 },
  player: creature("@", 0xffffff),
  cow: creature("c", 0x5a3420),
  zombie: creature("Z", 0x0f3d12),
  skeleton: { glyph: "S", foreground: 0xf5f5f0, background: 0xb8ab93 },
  arrow: { glyph: "-", foreground: 0x3a2a18, background: 0xb8ab93 },
  plant: creature("y", 0xd5ff7a),
};

/** The player by what it is doing: left, right, up, down, asleep. */
const playerGlyphs = ["<", ">", "A", "V", "z"] as const;
const playerLabels = ["player, facing west", "player, facing east", "player, facing north", "player, facing south"];
const asleep = 4;

/** Styles by day: one per semantic id, then the five looks of the player. The same again by night. */
const dayStyles: readonly CellStyle[] = [
  ...semanticNames.map((name) => ({ ...looks[name], label: name === "None" ? "outside the map" : name })),
  ...playerGlyphs.map((glyph, index) => ({ ...looks.player, glyph, label: playerLabels[index] ?? "player, asleep" })),
];
const nightStart = dayStyles.length;
const firstPlayerStyle = semanticNames.length;

function atNight(style: CellStyle): CellStyle {
  const { foreground, background, label } = style;
  return { ...style, foreground: dimmed(foreground), background: dimmed(background), label: `${label} (dark)` };
}

/** Darker and bluer, like the game's own night. */
function dimmed(colour: Colour): Colour {
  const [red, green, blue] = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
  return (Math.round(red * 0.4) << 16) | (Math.round(green * 0.45) << 8) | Math.round(blue * 0.5 + 24);
}

export const crafterView: ViewSpec = { styles: [...dayStyles, ...dayStyles.map(atNight)], columnsPerCell: 2 };

/** Below this daylight the game's own pictures show noise. */
const darkBelow = 0.5;

/** The visible map as styled cells; `width` is its number of columns. */
export function frameOf(view: ViewBytes, width: number): Frame {
  const offset = view.daylight < darkBelow ? nightStart : 0;
  const { grid } = view;
  const cells = new Uint16Array(grid.length);
  grid.forEach((id, index) => {
    cells[index] = offset + (id === playerId ? firstPlayerStyle + playerLook(view) : id);
  });
  return { width, height: width === 0 ? 0 : grid.length / width, cells, gauges: gaugesOf(view.items) };
}

function playerLook(view: ViewBytes): number {
  if (view.sleeping) return asleep;
  if (view.facingX !== 0) return view.facingX < 0 ? 0 : 1;
  return view.facingY < 0 ? 2 : 3;
}

function gaugesOf(items: Uint8Array): Gauge[] {
  const vitals = vitalNames.map((label, index) => ({ label, value: items[index] ?? 0, max: maxItem }));
  const carried = inventoryNames.map((label, index) => ({ label, value: items[vitalNames.length + index] ?? 0 }));
  return [...vitals, ...carried.filter(({ value }) => value > 0)];
}
