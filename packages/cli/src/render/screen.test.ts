import fc from "fast-check";
import { expect, test } from "vitest";
import { Screen } from "./screen.ts";

const esc = "\u001b";
const tokens = new RegExp(`${esc}\\[\\??\\d*[A-Za-z]|[\\s\\S]`, "g");
const cursorUp = new RegExp(`^${esc}\\[(\\d+)A$`);
const synchronised = ["\u001b[?2026h", "\u001b[?2026l"];

/** As much of a terminal as the screen uses: rows that scroll, a cursor, and the control sequences it may send. */
class FakeTerminal {
  readonly columns: number;
  readonly rows: number;
  readonly lines: string[] = [""];
  cursorShown = true;
  written = 0;
  private row = 0;
  private column = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    this.written += text.length;
    for (const token of text.match(tokens) ?? []) this.take(token);
  }

  /** What can be seen, blank rows at the end left out. */
  get visible(): string[] {
    const seen = this.lines.slice(-this.rows).map((line) => line.trimEnd());
    while (seen.at(-1) === "") seen.pop();
    return seen;
  }

  private take(token: string): void {
    const top = Math.max(0, this.lines.length - this.rows);
    const up = cursorUp.exec(token);
    if (up !== null) this.row = Math.max(top, this.row - Number(up[1]));
    else if (token === "\r") this.column = 0;
    else if (token === "\n") {
      this.row += 1;
      this.lines[this.row] ??= "";
    } else if (token === "\u001b[K") this.lines[this.row] = this.line.slice(0, this.column);
    else if (token === "\u001b[J") {
      this.lines.length = this.row + 1;
      this.lines[this.row] = this.line.slice(0, this.column);
    } else if (token === "\u001b[?25l" || token === "\u001b[?25h") this.cursorShown = token.endsWith("h");
    else if (synchronised.includes(token)) return;
    else if (token.startsWith("\u001b")) throw new Error(`unexpected sequence ${JSON.stringify(token)}`);
    else {
      this.lines[this.row] =
        this.line.padEnd(this.column).slice(0, this.column) + token + this.line.slice(this.column + 1);
      this.column += 1;
    }
  }

  private get line(): string {
    return this.lines[this.row] ?? "";
  }
}

const block = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 8,
});

test("whatever is drawn after whatever: the terminal shows the last block, below what stood there before", () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.integer({ min: 4, max: 20 }), (blocks, rows) => {
      const terminal = new FakeTerminal(40, rows);
      terminal.write("$ metamem\r\n");
      const screen = new Screen(terminal);
      for (const lines of blocks) screen.draw(lines);
      const last = (blocks.at(-1) ?? []).slice(0, rows - 1);
      expect(terminal.visible.slice(-last.length)).toEqual(last);
      expect(terminal.cursorShown).toBe(false);
      screen.close();
      expect(terminal.visible.every((line) => line === "$ metamem" || line === "")).toBe(true);
      expect(terminal.cursorShown).toBe(true);
    }),
  );
});

test("an unchanged block costs nothing, a changed line only itself", () => {
  const terminal = new FakeTerminal(40, 10);
  const screen = new Screen(terminal);
  screen.draw(["one", "two", "x".repeat(30)]);
  const first = terminal.written;
  screen.draw(["one", "two", "x".repeat(30)]);
  expect(terminal.written).toBe(first);
  screen.draw(["one", "TWO", "x".repeat(30)]);
  expect(terminal.written - first).toBeLessThan(45);
  expect(terminal.visible).toEqual(["one", "TWO", "x".repeat(30)]);
});

test("closing twice, or before anything was drawn, is nothing", () => {
  const terminal = new FakeTerminal(40, 10);
  const screen = new Screen(terminal);
  screen.close();
  expect(terminal.written).toBe(0);
  screen.draw(["one"]);
  screen.close();
  const written = terminal.written;
  screen.close();
  expect(terminal.written).toBe(written);
});
