import { readFileSync } from "node:fs";
import { SetupError, sha256, UsageError } from "@metamem/core";
import { z } from "zod";
import { type Difficulty, difficulties, type Level, packedNumber, packedRows, recordBytes } from "./level.ts";

/**
 * A collection of levels as one run of records (level.ts), file after file. Stored, it is one line of JSON and then the records, so that
 * opening it reads the line only: the records are mapped, and memory holds the pages somebody played.
 */
export interface PackedSet {
  readonly header: SetHeader;
  readonly records: Uint8Array;
}

const fileSchema = z.strictObject({ name: z.string().max(200), levels: z.int().min(1), sha256: z.hex().length(64) });

const headerSchema = z.strictObject({
  format: z.literal("metamem-boxoban/1"),
  difficulty: z.enum(difficulties),
  /** `given` when the user said in which order the files come. */
  order: z.enum(["sorted", "given"]),
  files: z.array(fileSchema).min(1).max(10_000),
});

export type SetHeader = z.output<typeof headerSchema>;

/** The header's line ends within this many bytes. */
const headerLimit = 1 << 21;

/** One file's records, by the file's name in the collection, e.g. `hard/002.txt`. */
export interface PackedFile {
  readonly name: string;
  readonly records: Uint8Array;
}

export function packSet(difficulty: Difficulty, files: readonly PackedFile[], order: SetHeader["order"]): PackedSet {
  const described = files.map(({ name, records }) => ({
    name,
    levels: records.length / recordBytes,
    sha256: sha256(records),
  }));
  return {
    header: { format: "metamem-boxoban/1", difficulty, order, files: described },
    records: Buffer.concat(files.map(({ records }) => records)),
  };
}

export function setBytes({ header, records }: PackedSet): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), records]);
}

/** Opens a stored collection. Throws `SetupError` when the file is damaged or of another version. */
export function openStoredSet(path: string): PackedSet {
  const bytes = mapped(path);
  const end = bytes.subarray(0, headerLimit).indexOf(10);
  const header = end < 0 ? undefined : parseHeader(Buffer.from(bytes.subarray(0, end)).toString("utf8"));
  const records = bytes.subarray(end + 1);
  if (header === undefined || records.length !== countOf(header) * recordBytes) {
    throw new SetupError("boxoban_damaged", `${path} is damaged or of another version: import the levels again`);
  }
  return { header, records };
}

/** Bun maps only what may be written; a copy in memory serves read-only installations. */
function mapped(path: string): Uint8Array {
  try {
    return Bun.mmap(path, { shared: false });
  } catch {
    return readFileSync(path);
  }
}

function parseHeader(line: string): SetHeader | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export function countOf(header: SetHeader): number {
  return header.files.reduce((sum, file) => sum + file.levels, 0);
}

/** Names the content whatever the order of its files; it is not checked against the records (`intact` does that). */
export function contentHash({ files }: SetHeader): string {
  const lines = files.map(({ name, levels, sha256: hash }) => `${name} ${levels} ${hash}\n`);
  return sha256(lines.sort().join(""));
}

/** Names the sequence of levels: what an index means. */
export function sequenceHash({ files }: SetHeader): string {
  return sha256(files.map(({ levels, sha256: hash }) => `${levels} ${hash}\n`).join(""));
}

/** Whether all records are still what was stored. */
export function intact({ header, records }: PackedSet): boolean {
  let at = 0;
  return header.files.every(({ levels, sha256: hash }) => {
    const from = at;
    at += levels * recordBytes;
    return sha256(records.subarray(from, at)) === hash;
  });
}

/** Finds levels of a set by index, in time logarithmic in its files. */
export class LevelIndex {
  private readonly set: PackedSet;
  /** Levels before each file. */
  private readonly starts: readonly number[];
  readonly count: number;

  constructor(set: PackedSet) {
    this.set = set;
    let before = 0;
    this.starts = set.header.files.map(({ levels }) => {
      before += levels;
      return before - levels;
    });
    this.count = before;
  }

  /** Throws `UsageError` for an index outside 0…count-1. */
  level(index: number): Level {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) {
      throw new UsageError("boxoban_index", `no Boxoban level ${index}: there are 0 to ${this.count - 1}`);
    }
    const record = this.set.records.subarray(index * recordBytes, (index + 1) * recordBytes);
    return { id: `${this.fileOf(index)}#${packedNumber(record)}`, rows: packedRows(record) };
  }

  private fileOf(index: number): string {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return this.set.header.files[low]?.name ?? "";
  }
}
