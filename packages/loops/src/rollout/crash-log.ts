import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, type Hash } from "@metamem/core";
import { z } from "zod";
import type { Crash } from "./engine.ts";
import { clearFlights, type Flight, flightNames, readFlight } from "./flight-record.ts";
import type { PlannedEpisode } from "./plan.ts";

const file = "crashes.jsonl";

const lineSchema = z.object({
  /** The process certainly died by itself inside the step; otherwise something else may have killed it there. */
  blamed: z.boolean(),
  episode: z.object({ id: z.string() }).nullable(),
});

/** How often an episode may kill its process before it is set aside. */
export const fatalCrashes = 3;

/** `crashes.jsonl`: every death of a process that played, one line each. It outlives the session, so that a killer is known again after a resume. */
export class CrashLog {
  private readonly path: string;
  private readonly blamed = new Map<Hash, number>();
  /** The last line is not whole: the next one must not be joined to it. */
  private torn = false;

  constructor(runFolder: string) {
    this.path = join(runFolder, file);
    if (!existsSync(this.path)) return;
    const text = readFileSync(this.path, "utf8");
    for (const line of text.split("\n")) this.count(line);
    this.torn = text !== "" && !text.endsWith("\n");
  }

  add(crash: Crash, blamed: boolean): void {
    const line = JSON.stringify({ ...crash, blamed });
    try {
      appendFileSync(this.path, `${this.torn ? "\n" : ""}${line}\n`);
      this.torn = false;
    } catch (error) {
      throw attribute(error, "setup");
    }
    this.count(line);
  }

  /** Times the episode killed its process. */
  crashesOf(id: Hash): number {
    return this.blamed.get(id) ?? 0;
  }

  private count(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      // The last line may be torn; it was about a death that will repeat itself if it matters.
      return;
    }
    const { data } = lineSchema.safeParse(value);
    const id = data?.episode?.id;
    if (data?.blamed === true && id !== undefined) this.blamed.set(id, this.crashesOf(id) + 1);
  }
}

/** What a dead process was doing, by its flight record. */
export function crashOf(
  runFolder: string,
  flight: string,
  shard: number,
  cause: string,
  episodes: ReadonlyMap<Hash, PlannedEpisode>,
): Crash {
  const where = readFlight(runFolder, flight);
  const planned = where === null ? undefined : episodes.get(where.id);
  if (where === null || planned === undefined) return { at: new Date().toISOString(), shard, cause, episode: null };
  return crashIn(where, planned, shard, cause);
}

/** The death of a process inside an environment. */
export function crashIn(
  where: Flight,
  { resolved: { spec, task } }: PlannedEpisode,
  shard: number | null,
  cause: string,
): Crash {
  const episode = { family: spec.family.name, task: task.id, seed: spec.seed, ...where };
  return { at: new Date().toISOString(), shard, cause, episode };
}

/**
 * Accounts for processes of an earlier session that ended without a word, and forgets them. Nobody saw how they died, so no episode is
 * blamed: a `kill -9` may have come inside a step.
 */
export function recordLeftFlights(runFolder: string, log: CrashLog, episodes: ReadonlyMap<Hash, PlannedEpisode>): void {
  for (const name of flightNames(runFolder)) {
    const crash = crashOf(runFolder, name, Number.parseInt(name, 10) || 0, "unknown, found by a resume", episodes);
    if (crash.episode !== null) log.add(crash, false);
  }
  clearFlights(runFolder);
}
