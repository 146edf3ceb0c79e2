import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MemoryStore, openMemoryStore, parseOps } from "@metamem/core";

/** One measured number. There is no reference to measure beside: the release reads whole files in Python. */
export interface StoreRow {
  readonly name: string;
  readonly value: number;
  readonly unit: "us" | "ms";
  readonly reference: null;
  readonly ratio: null;
}

const million = 1_000_000;
const rounds = 5;

/**
 * Costs of the memory store on disk: of a memory as agents have it (five files of 200 lines), and of one file of a million lines. Every
 * number is the least of five rounds of fixed work after a warm-up.
 */
export function benchStore(note: (text: string) => void = () => undefined): StoreRow[] {
  const directory = mkdtempSync(join(tmpdir(), "metamem-bench-"));
  try {
    note("memory store: a small memory");
    const small = smallRows(join(directory, "small"));
    note("memory store: a file of a million lines");
    const large = largeRows(join(directory, "large"));
    return [...small, ...large, parseRow()];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function smallRows(directory: string): StoreRow[] {
  const store = openMemoryStore(directory);
  for (const name of ["notes", "log", "plan", "map", "places"]) store.write(`${name}.txt`, logLines(0, 200));
  let step = 200;
  return [
    row("store.append_us", "us", 500, () => done(store.append("log.txt", line(step++)))),
    row("store.read_us", "us", 500, () => done(store.read("notes.txt"))),
    row("store.search_us", "us", 500, () => done(store.search("*", [["diamond"], ["cow", "west"]]))),
    row("store.upsert_us", "us", 500, () => done(store.upsert("map.txt", "3,4", `tree ${step++}`))),
  ];
}

function largeRows(directory: string): StoreRow[] {
  const limits = { fileBytes: 256 << 20, totalBytes: 256 << 20 };
  let store: MemoryStore = openMemoryStore(directory, { limits });
  store.write(
    "log.txt",
    `${logLines(0, million / 2)}\nstep 500000: a DIAMOND at last\n${logLines(million / 2, million - 1)}`,
  );
  let step = million;
  const find = (keyword: string) => () => done(store.search("log.txt", [[keyword]]));
  return [
    row("store.append_1m_lines_us", "us", 500, () => done(store.append("log.txt", line(step++)))),
    row("store.search_1m_lines_ms", "ms", 1, find("diamond")),
    row("store.search_1m_lines_short_ms", "ms", 1, find("z")),
    row("store.search_1m_lines_everywhere_ms", "ms", 1, find("near water")),
    row("store.read_1m_lines_ms", "ms", 20, () => done(store.read("log.txt", { from: 700_000, to: 700_100 }))),
    row("store.tail_1m_lines_ms", "ms", 20, () => done(store.tail("log.txt", 100))),
    row("store.open_1m_lines_ms", "ms", 1, () => {
      store.close();
      store = openMemoryStore(directory, { limits });
    }),
  ];
}

/** A hostile reply: 100 kB of opening tags. */
function parseRow(): StoreRow {
  const reply = "<|READ|>".repeat(12_500);
  return row("ops.parse_100kb_ms", "ms", 1, () => {
    if (parseOps(reply).length !== 12_500) throw new Error("lost an op");
  });
}

function row(name: string, unit: "us" | "ms", times: number, work: () => void): StoreRow {
  let least = Number.POSITIVE_INFINITY;
  for (let round = -1; round < rounds; round++) {
    Bun.gc(true);
    const began = performance.now();
    for (let time = 0; time < times; time++) work();
    const each = (performance.now() - began) / times;
    if (round >= 0) least = Math.min(least, each);
  }
  const value = Number((unit === "us" ? least * 1000 : least).toPrecision(4));
  return { name, value, unit, reference: null, ratio: null };
}

function done(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error(`the benchmark was refused: ${JSON.stringify(result)}`);
}

function line(step: number): string {
  return `step ${step}: saw a cow at ${step % 64},${(step * 7) % 64} near water`;
}

function logLines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_value, index) => line(from + index)).join("\n");
}
