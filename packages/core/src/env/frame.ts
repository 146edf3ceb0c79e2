/**
 * Pictures as data: a grid of cells, each an index into the family's fixed style table. Terminal and web draw the same frame;
 * traces store the grid and its changes, so that a viewer needs no environment.
 */

/** 24-bit colour, 0xRRGGBB. */
export type Colour = number;

export interface CellStyle {
  /** One printable character (one terminal column). */
  readonly glyph: string;
  readonly foreground: Colour;
  readonly background: Colour;
  /** What the cell shows, for legends and tooltips. */
  readonly label: string;
}

/** The fixed part of a family's pictures; stored once per trace. */
export interface ViewSpec {
  readonly styles: readonly CellStyle[];
  /** Terminal columns per cell: 2 makes square cells, 1 suits text screens. */
  readonly columnsPerCell: 1 | 2;
}

/** A small meter shown beside the picture (vitals, inventory counts). */
export interface Gauge {
  readonly label: string;
  readonly value: number;
  /** Absent: a plain count. */
  readonly max?: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Row-major style indexes, `width * height` of them. */
  readonly cells: Uint16Array;
  readonly gauges: readonly Gauge[];
}
