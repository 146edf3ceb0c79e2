import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlannedEpisode } from "../rollout/plan.ts";
import type { RunFolder } from "../rollout/run-folder.ts";
import { attemptsOf, claimAttempt, claimed, isOver, isPublished, latestJournal } from "./attempts.ts";
import type { LeftTries } from "./left-tries.ts";

/** A run may be played on by workers after a local session, and the other way round. Both are for who holds the run's lock. */

/**
 * Makes what local sessions left of the given open episodes the first of their tries, so that no worker has to write where it lies. A trace
 * that is over stays: its result only has to be stored.
 */
export function handToWorkers(run: RunFolder, open: readonly PlannedEpisode[]): void {
  for (const { id } of open) {
    const place = run.episode(id);
    if (!existsSync(place) || readdirSync(place).length === 0 || isOver(place)) continue;
    if (!existsSync(join(place, "header.json"))) {
      run.replaceEpisode(id);
      continue;
    }
    const number = (claimed(run, id).at(-1) ?? 0) + 1;
    mkdirSync(attemptsOf(run, id), { recursive: true });
    renameSync(place, join(attemptsOf(run, id), String(number)));
  }
}

/** Makes copies of the workers' latest journals the traces of the given open episodes; a worker that still plays writes elsewhere. */
export function takeFromWorkers(run: RunFolder, open: readonly PlannedEpisode[], left: LeftTries): void {
  for (const { id } of open) {
    const place = run.episode(id);
    if (latestJournal(run, id) !== null && !isPublished(run, id)) {
      const { folder } = claimAttempt(run, id);
      rmSync(place, { recursive: true, force: true });
      mkdirSync(dirname(place), { recursive: true });
      renameSync(folder, place);
    }
    left.clear(id);
  }
  left.tidy();
}
