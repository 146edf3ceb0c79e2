import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Hash, hashJson, SetupError, TraceError, UsageError } from "@metamem/core";
import type { z } from "zod";
import type { OperationConfig } from "./config.ts";
import { type RunRecord, runRecordSchema } from "./run-record.ts";
import { type RunRow, runRowSchema } from "./run-result.ts";

const recordFile = "run.json";
const unfinished = /\.tmp$/;

/**
 * The folder of a run (docs/run-folder.md). Results are files that are created once, whole, by a hard link: whoever comes second finds
 * the file and leaves it, on one machine or on a shared disk, whatever was killed when.
 */
export class RunFolder {
  readonly path: string;

  protected constructor(path: string) {
    this.path = path;
  }

  /** Begins a run. The folder must be free; when two begin at once, one of them is told so. */
  static create(path: string, record: RunRecord): RunFolder {
    const run = new RunFolder(path);
    try {
      mkdirSync(join(path, "episodes"), { recursive: true });
      mkdirSync(join(path, "results"), { recursive: true });
    } catch (cause) {
      throw new SetupError(
        "out",
        `cannot write to the folder ${path}: ${reasonOf(cause)}; name another one with --out`,
        { cause },
      );
    }
    if (!run.createOnce(recordFile, record)) throw taken(path);
    return run;
  }

  /** A free name under `runs/`. */
  static unusedName(now: Date): string {
    const base = `runs/${now.toISOString().slice(0, 10)}-rollout`;
    for (let number = 1; ; number++) {
      const path = number === 1 ? base : `${base}-${number}`;
      if (!existsSync(path)) return path;
    }
  }

  /** @throws UsageError when there is no run, TraceError when its record does not read. */
  static open(path: string): { readonly run: RunFolder; readonly record: RunRecord } {
    if (!existsSync(join(path, recordFile))) {
      throw new UsageError("resume", `no run in ${path}: give the folder of a rollout, with its run.json`);
    }
    const run = new RunFolder(path);
    return { run, record: run.read(recordFile, runRecordSchema, "restore it from a copy") };
  }

  /** Refuses a folder in which a run cannot begin. Looks only. */
  static checkFree(path: string): void {
    if (existsSync(join(path, recordFile))) throw taken(path);
    if (namesInFree(path).some((name) => !unfinished.test(name) && !["episodes", "results"].includes(name))) {
      throw new UsageError("out", `--out ${path} is not empty: name another folder`);
    }
  }

  /** Where the trace of an episode lies, whether it was begun or not. */
  episode(id: Hash): string {
    return join(this.path, "episodes", id);
  }

  /** Replaces the record by that of a changed plan; the old one stays beside it. A kill at any moment leaves one or the other. */
  replaceRecord(record: RunRecord): void {
    linkSync(join(this.path, recordFile), this.unusedPath("replaced", "run", ".json"));
    this.writeDerived(recordFile, record);
  }

  /** Records how the run is run from now on. Only for who holds the run's lock. */
  keepOperation(operation: OperationConfig): void {
    const { record } = RunFolder.open(this.path);
    if (hashJson(record.operational.operation) === hashJson(operation)) return;
    this.writeDerived(recordFile, { ...record, operational: { ...record.operational, operation } });
  }

  /** Puts the trace of an episode aside, so that it can be played anew. */
  replaceEpisode(id: Hash): void {
    renameSync(this.episode(id), this.unusedPath("replaced", id, ""));
  }

  /** Stores a result. False when the episode has one already: that one stays. */
  commit(row: RunRow): boolean {
    return this.createOnce(join("results", `${row.id}.json`), row);
  }

  result(id: Hash): RunRow | null {
    const name = join("results", `${id}.json`);
    const advice = `remove it, and rollout --resume ${this.path} makes it again from the trace`;
    return existsSync(join(this.path, name)) ? this.read(name, runRowSchema, advice) : null;
  }

  /** The ids of all episodes that have a result. */
  settledIds(): Set<Hash> {
    const folder = join(this.path, "results");
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return new Set(names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => name.slice(0, 64)));
  }

  /** Removes what killed processes left of files they were creating. Only for who holds the run's lock. */
  tidy(): void {
    mkdirSync(join(this.path, "results"), { recursive: true });
    for (const folder of ["", "results"]) {
      for (const name of readdirSync(join(this.path, folder))) {
        if (unfinished.test(name)) rmSync(join(this.path, folder, name), { force: true });
      }
    }
  }

  /** Writes a file that is derived from the others, whole or not at all. */
  writeDerived(name: string, value: object): void {
    const temporary = this.temporary(name);
    try {
      writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
      renameSync(temporary, join(this.path, name));
    } catch (cause) {
      throw new SetupError("unwritable", `cannot write ${join(this.path, name)}: ${reasonOf(cause)}`, { cause });
    }
  }

  private createOnce(name: string, value: object): boolean {
    const temporary = this.temporary(name);
    try {
      writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
      linkSync(temporary, join(this.path, name));
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw new SetupError("unwritable", `cannot write ${join(this.path, name)}: ${reasonOf(error)}`, { cause: error });
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  private read<T>(name: string, schema: z.ZodType<T>, advice: string): T {
    const path = join(this.path, name);
    let value: unknown;
    try {
      value = JSON.parse(readFileSync(path, "utf8"));
    } catch (cause) {
      throw new TraceError("json", `${path} is damaged, it cannot be read as JSON: ${advice}`, { cause });
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new TraceError(
      "run",
      `${path}: ${issue?.path.join(".") || "top level"}: ${issue?.message ?? "invalid"}; read it with the metamem that wrote it`,
    );
  }

  private temporary(name: string): string {
    // Processes of several machines may create the same file, with equal ids.
    return join(this.path, `${name}.${crypto.randomUUID()}.tmp`);
  }

  private unusedPath(folder: string, name: string, suffix: string): string {
    mkdirSync(join(this.path, folder), { recursive: true });
    for (let number = 1; ; number++) {
      const path = join(this.path, folder, `${name}-${number}${suffix}`);
      if (!existsSync(path)) return path;
    }
  }
}

function taken(path: string): UsageError {
  return new UsageError(
    "out",
    `${path} already holds a run: continue it with --resume ${path}, or name another folder`,
  );
}

/** What lies at a path where a run may begin; nothing where there is nothing. */
function namesInFree(path: string): string[] {
  if (path === "") throw new UsageError("out", "--out is empty: name a folder");
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (found.isDirectory()) return readdirSync(path);
  } catch (cause) {
    throw new SetupError("out", `cannot read the folder ${path}: ${reasonOf(cause)}; name another one with --out`, {
      cause,
    });
  }
  throw new UsageError("out", `--out ${path} is a file: name a new folder`);
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
