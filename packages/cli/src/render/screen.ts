/** The few things a view needs of a terminal; `process.stderr` is one. */
export interface Terminal {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
/** Terminals that know it show everything between the two at once; the others ignore it. */
const beginUpdate = "\u001b[?2026h";
const endUpdate = "\u001b[?2026l";
const clearToLineEnd = "\u001b[K";
const clearBelow = "\u001b[J";

/**
 * A block of lines redrawn in place at the bottom of the terminal. Only lines that changed are sent. Between draws the cursor stands
 * hidden below the block, so that anything printed in between scrolls instead of being overwritten.
 */
export class Screen {
  private readonly terminal: Terminal;
  private shown: readonly string[] = [];
  private columns = 0;
  private hidden = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.terminal.columns ?? 80, rows: this.terminal.rows ?? 24 };
  }

  /** Lines must be narrower than the terminal. More lines than fit are dropped from the end. */
  draw(lines: readonly string[]): void {
    const { columns, rows } = this.size;
    const next = lines.slice(0, Math.max(1, rows - 1));
    const reflowed = this.columns !== 0 && this.columns !== columns;
    const sent = reflowed ? this.erase() + changes([], next) : changes(this.shown, next);
    this.shown = next;
    this.columns = columns;
    if (sent === "") return;
    const hide = this.hidden ? "" : hideCursor;
    this.hidden = true;
    this.terminal.write(beginUpdate + hide + sent + endUpdate);
  }

  /** Removes the block and shows the cursor again. May be called at any time, also twice. */
  close(): void {
    if (!this.hidden) return;
    this.terminal.write(this.erase() + showCursor);
    this.shown = [];
    this.hidden = false;
  }

  private erase(): string {
    return `\r${up(this.shown.length)}${clearBelow}`;
  }
}

/** What to send to turn `before` into `after`, with the cursor below the block at both ends. */
function changes(before: readonly string[], after: readonly string[]): string {
  const height = Math.max(before.length, after.length);
  const first = Array.from({ length: height }, (_, row) => row).find((row) => before[row] !== after[row]);
  if (first === undefined) return "";
  let sent = `\r${up(before.length - first)}`;
  for (let row = first; row < height; row++) {
    if (before[row] !== after[row]) sent += `${after[row] ?? ""}${clearToLineEnd}`;
    sent += "\r\n";
  }
  return sent + up(height - after.length);
}

function up(lines: number): string {
  return lines > 0 ? `\u001b[${lines}A` : "";
}
