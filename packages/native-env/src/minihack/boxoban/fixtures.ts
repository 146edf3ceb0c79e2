import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** For tests: a small collection in the published format, each level with its number in the place of its player. */
export const sampleFiles: Readonly<Record<string, string>> = {
  "hard/000.txt": sampleText(0, 3),
  "hard/001.txt": sampleText(3, 2),
  "medium/train/000.txt": sampleText(10, 4),
  "medium/train/001.txt": sampleText(20, 1),
};

/** `count` levels numbered from 0, told apart by where the player stands. */
export function sampleText(firstPlayer: number, count: number): string {
  return Array.from(
    { length: count },
    (_, number) => `; ${number}\n${sampleRows(firstPlayer + number).join("\n")}\n\n`,
  ).join("");
}

/** Boxes in one row, goals in another, and the player in the `place`-th of the 48 free cells. */
export function sampleRows(place: number): string[] {
  const inner = ["$$$$    ", "....    ", ...Array.from({ length: 6 }, () => " ".repeat(8))];
  const [y, x] = [2 + Math.floor(place / 8), place % 8];
  const row = inner[y] ?? "";
  inner[y] = `${row.slice(0, x)}@${row.slice(x + 1)}`;
  return ["##########", ...inner.map((cells) => `#${cells}#`), "##########"];
}

/** A folder for one test; while it exists, what is stored for the user lies in it and nothing else is found. */
export class UserFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "metamem-boxoban-"));
  private readonly before = { data: process.env.XDG_DATA_HOME, levels: process.env.METAMEM_BOXOBAN };

  constructor() {
    process.env.XDG_DATA_HOME = this.in("data");
    delete process.env.METAMEM_BOXOBAN;
  }

  in(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  write(folder: string, files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.in(folder, name)), { recursive: true });
      writeFileSync(this.in(folder, name), text);
    }
    return this.in(folder);
  }

  [Symbol.dispose](): void {
    restore("XDG_DATA_HOME", this.before.data);
    restore("METAMEM_BOXOBAN", this.before.levels);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
