import type { Colour } from "@metamem/core";

export type ColourDepth = "none" | "256" | "truecolor";

/** Where text goes and what it can show there. */
export interface Surface {
  readonly isTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the terminal can show: NO_COLOR and TERM=dumb win (https://no-color.org), then COLORTERM, then TERM. */
export function colourDepth({ isTty, env }: Surface): ColourDepth {
  if (!isTty || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb") return "none";
  if (/truecolor|24bit/i.test(env.COLORTERM ?? "")) return "truecolor";
  return /kitty|alacritty|wezterm|ghostty|direct/.test(env.TERM ?? "") ? "truecolor" : "256";
}

/** Puts colour and weight around text; with depth `none` the text comes back as it was. */
export class Painter {
  readonly depth: ColourDepth;

  constructor(depth: ColourDepth) {
    this.depth = depth;
  }

  bold(text: string): string {
    return this.wrap(text, "1", "22");
  }

  dim(text: string): string {
    return this.wrap(text, "2", "22");
  }

  colour(text: string, foreground: Colour): string {
    return this.wrap(text, `38;${this.code(foreground)}`, "39");
  }

  cell(text: string, foreground: Colour, background: Colour): string {
    return this.wrap(text, `38;${this.code(foreground)};48;${this.code(background)}`, "0");
  }

  private wrap(text: string, on: string, off: string): string {
    return this.depth === "none" || text === "" ? text : `\u001b[${on}m${text}\u001b[${off}m`;
  }

  private code(colour: Colour): string {
    const [red, green, blue] = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
    return this.depth === "truecolor" ? `2;${red};${green};${blue}` : `5;${nearest256(red, green, blue)}`;
  }
}

/** The named colours of summaries and gauges. */
export const palette = { good: 0x7fbf6f, warn: 0xe0b050, bad: 0xe06c60, accent: 0x6fb3d9 } as const;

const cubeLevels = [0, 95, 135, 175, 215, 255] as const;

/** The nearer of the 6x6x6 cube's and the grey ramp's nearest entries in the 256-colour table. */
function nearest256(red: number, green: number, blue: number): number {
  const [r, g, b] = [cubeIndex(red), cubeIndex(green), cubeIndex(blue)];
  const cube = distance(red, green, blue, cubeLevels[r] ?? 0, cubeLevels[g] ?? 0, cubeLevels[b] ?? 0);
  const step = Math.min(23, Math.max(0, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const grey = 8 + 10 * step;
  return distance(red, green, blue, grey, grey, grey) < cube ? 232 + step : 16 + 36 * r + 6 * g + b;
}

function cubeIndex(level: number): number {
  return level < 48 ? 0 : level < 115 ? 1 : Math.min(5, Math.floor((level - 35) / 40));
}

function distance(r: number, g: number, b: number, r2: number, g2: number, b2: number): number {
  return (r - r2) ** 2 + (g - g2) ** 2 + (b - b2) ** 2;
}
