/** Building blocks of terminal views: plain strings in, plain strings out. Widths are terminal columns, escape sequences not counted. */

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - Bun.stringWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - Bun.stringWidth(text))) + text;
}

/** Two blocks beside each other; the left one is padded to `leftWidth`. */
export function beside(left: readonly string[], leftWidth: number, right: readonly string[], gap = "  "): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    `${padEnd(left[row] ?? "", leftWidth)}${gap}${right[row] ?? ""}`.trimEnd(),
  );
}

/** A table: first column to the left, the others to the right, no lines. */
export function table(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => Bun.stringWidth(row[column] ?? ""))),
  );
  return rows.map((row) => {
    const cells = widths.map((width, column) => (column === 0 ? padEnd : padStart)(row[column] ?? "", width));
    return `${indent}${cells.join("  ")}`.trimEnd();
  });
}

/** A bar of full and empty cells; without Unicode blocks when `ascii` is set. */
export function bar(fraction: number, columns: number, ascii = false): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * columns);
  return (ascii ? "#" : "█").repeat(filled) + (ascii ? "." : "░").repeat(columns - filled);
}

export function indent(text: string, by: string): string[] {
  return text.split("\n").map((line) => `${by}${line}`.trimEnd());
}
