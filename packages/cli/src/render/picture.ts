import type { CellStyle, Frame, ViewSpec } from "@metamem/core";
import type { Painter } from "./colours.ts";
import { printable } from "./printable.ts";

/** Terminal columns a frame needs. */
export function pictureWidth(frame: Frame, view: ViewSpec): number {
  return frame.width * view.columnsPerCell;
}

/** A frame as lines of text, one per row of cells; colours as far as the painter has them. Neighbours of equal colours are painted together. */
export function pictureLines(frame: Frame, view: ViewSpec, painter: Painter): string[] {
  const fill = " ".repeat(view.columnsPerCell - 1);
  return Array.from({ length: frame.height }, (_, y) => {
    let line = "";
    let run = "";
    let runStyle: CellStyle | undefined;
    const close = () => {
      line += runStyle === undefined ? run : painter.cell(run, runStyle.foreground, runStyle.background);
      run = "";
    };
    for (let x = 0; x < frame.width; x++) {
      const index = frame.cells[y * frame.width + x] ?? 0;
      const style = view.styles[index];
      if (style?.foreground !== runStyle?.foreground || style?.background !== runStyle?.background) close();
      runStyle = style;
      run += glyph(view, index) + fill;
    }
    close();
    return line;
  });
}

function glyph(view: ViewSpec, index: number): string {
  const text = printable(view.styles[index]?.glyph ?? " ");
  return Bun.stringWidth(text) === 1 ? text : "?";
}
