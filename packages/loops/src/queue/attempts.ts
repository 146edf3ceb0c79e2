import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { attribute, type Hash, readResult, TraceError } from "@metamem/core";
import { type Flight, flightNames, readFlight, renameFlight } from "../rollout/flight-record.ts";
import type { RunFolder } from "../rollout/run-folder.ts";
import { workerName } from "./worker-name.ts";

/**
 * Tries at one episode by workers, each with a journal of its own: `attempts/<id>/<n>/`. A worker claims the next number by making the folder,
 * copies the journal of the one before, and goes on from there; nobody else ever writes into that folder. A worker that was believed dead
 * and wakes up can therefore do no harm, wherever it was interrupted.
 */
const attemptsFolder = "attempts";
/** Names of flight records: the worker's, with the second ending once its death is in the run's record of crashes. */
const inPlay = ".worker";
const recorded = ".recorded";
const headerFile = "header.json";

/** The files of a journal in the order in which they are copied: what names something before what it names. */
const journalFiles = ["resumes.jsonl", "events.jsonl", "steps.idx", "parts.idx", "parts.pack"] as const;

export function attemptsOf(run: RunFolder, id: Hash): string {
  return join(run.path, attemptsFolder, id);
}

/** The numbers that were claimed, in order. */
export function claimed(run: RunFolder, id: Hash): number[] {
  const folder = attemptsOf(run, id);
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).filter((name) => /^[0-9]+$/.test(name));
  return numbers.map(Number).sort((a, b) => a - b);
}

/** The latest journal from which the episode can go on; null when there is none. */
export function latestJournal(run: RunFolder, id: Hash): string | null {
  const folders = claimed(run, id).map((number) => join(attemptsOf(run, id), String(number)));
  return folders.findLast((folder) => existsSync(join(folder, headerFile))) ?? null;
}

export interface Attempt {
  readonly number: number;
  readonly folder: string;
}

/** Begins a try that continues the latest one. */
export function claimAttempt(run: RunFolder, id: Hash): Attempt {
  try {
    const source = latestJournal(run, id);
    mkdirSync(attemptsOf(run, id), { recursive: true });
    const attempt = claimNumber(run, id);
    if (source !== null) copyJournal(source, attempt.folder);
    return attempt;
  } catch (error) {
    throw attribute(error, "setup");
  }
}

function claimNumber(run: RunFolder, id: Hash): Attempt {
  for (;;) {
    const number = (claimed(run, id).at(-1) ?? 0) + 1;
    const folder = join(attemptsOf(run, id), String(number));
    try {
      mkdirSync(folder);
      return { number, folder };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

/**
 * Copies a journal that somebody may still be writing. Each file is a prefix of what it will be, and a text is in its file before an event that
 * names it, so a copy in this order holds together. The header, without which a journal is none, comes last and whole.
 */
function copyJournal(from: string, to: string): void {
  for (const name of journalFiles) if (existsSync(join(from, name))) copyDurably(join(from, name), join(to, name));
  const unfinished = join(to, `${headerFile}.tmp`);
  copyDurably(join(from, headerFile), unfinished);
  renameSync(unfinished, join(to, headerFile));
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** Whether a later try has begun: then this one's worker lost its job without noticing. */
export function isOvertaken(run: RunFolder, id: Hash, { number }: Attempt): boolean {
  return (claimed(run, id).at(-1) ?? number) > number;
}

/** Where a try of this worker records the step it is inside of. */
export function flightOf({ folder }: Attempt): { readonly folder: string; readonly name: string } {
  return { folder, name: `${workerName()}${inPlay}` };
}

/** Where the worker of a try is inside an environment, or was when it died; null when it is outside. */
function flightIn(folder: string): Flight | null {
  return whileThere(() => {
    const [name] = flightNames(folder);
    return name === undefined ? null : readFlight(folder, name);
  });
}

/** Null when what is looked at goes away meanwhile: its worker lives, and makes its try the episode's trace. */
function whileThere<T>(look: () => T | null): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** The worker of a try, and the step inside of which it was lost. */
export interface LostTry {
  readonly worker: string;
  readonly flight: Flight;
}

/** Who was lost in the given try, which is over; null when nobody was, and when this was told before. */
export function takeLost(run: RunFolder, id: Hash, number: number): LostTry | null {
  const folder = join(attemptsOf(run, id), String(number));
  return whileThere(() => {
    const name = flightNames(folder).find((file) => file.endsWith(inPlay));
    const flight = flightIn(folder);
    if (name === undefined || flight === null) return null;
    const worker = name.slice(0, -inPlay.length);
    renameFlight(folder, name, `${worker}${recorded}`);
    return { worker, flight };
  });
}

/** The step inside of which each of the last `count` tries ended, when it was the same; null otherwise. */
export function fatalStep(run: RunFolder, id: Hash, count: number): Flight | null {
  const last = claimed(run, id).slice(-count);
  if (last.length < count) return null;
  const flights = last.map((number) => flightIn(join(attemptsOf(run, id), String(number))));
  const [first] = flights;
  const same = flights.every((flight) => flight?.step === first?.step && flight?.action === first?.action);
  return same ? (first ?? null) : null;
}

/** Makes the journal of a finished try the episode's own. False when another try was first: it stays, whole, and this one is nothing. */
export function publish(run: RunFolder, id: Hash, { folder }: Attempt): boolean {
  rmSync(join(folder, "flight"), { recursive: true, force: true });
  try {
    renameSync(folder, run.episode(id));
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    // A folder that exists and holds something is never replaced. ENOENT: everything of this episode was cleared away, or an answer of the
    // file server was lost and the rename done; what lies there now says which.
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOENT") return false;
    throw attribute(error, "setup");
  }
}

/** Whether the episode's own place holds a trace: one that is over, or what a local session plays. Workers write into neither. */
export function isPublished(run: RunFolder, id: Hash): boolean {
  return existsSync(join(run.episode(id), headerFile));
}

/** Whether a trace came to its end, its result included. */
export function isOver(folder: string): boolean {
  try {
    const status = readResult(folder)?.status;
    return status === "finished" || status === "failed";
  } catch (error) {
    // A machine that was lost may leave half of it: the trace gives it again.
    if (error instanceof TraceError) return false;
    throw error;
  }
}

/** Forgets the tries at an episode that has its result. What a late worker still writes into stays for the next time. */
export function clearAttempts(run: RunFolder, id: Hash): void {
  try {
    rmSync(attemptsOf(run, id), { recursive: true, force: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "ENOTEMPTY" && code !== "EBUSY") throw attribute(error, "setup");
  }
}

/** The episodes at which there were tries that nobody has forgotten yet. */
export function triedIds(run: RunFolder): readonly Hash[] {
  const folder = join(run.path, attemptsFolder);
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Removes the common folder of all tries when there are none. */
export function removeIfNone(run: RunFolder): void {
  if (triedIds(run).length === 0) rmSync(join(run.path, attemptsFolder), { recursive: true, force: true });
}
