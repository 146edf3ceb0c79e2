import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Hash, openTraceReader, TraceError } from "@metamem/core";
import { latestJournal } from "../queue/attempts.ts";
import type { Budget } from "./budget.ts";
import type { PlannedEpisode } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";
import type { Settled } from "./settled.ts";

/** Adds what earlier sessions of a run used: from results, and from the calls recorded by episodes that are not over. */
export function countEarlier(
  run: RunFolder,
  episodes: readonly PlannedEpisode[],
  rows: ReadonlyMap<Hash, Settled>,
  budget: Budget,
): void {
  for (const { id } of episodes) {
    const settled = rows.get(id);
    if (settled !== undefined) {
      if (settled.tokens === null) continue;
      budget.addRole("memory", settled.tokens.memory);
      budget.addRole("gameplay", settled.tokens.gameplay);
      continue;
    }
    const folder = latestJournal(run, id) ?? run.episode(id);
    if (existsSync(join(folder, "header.json"))) countTrace(folder, budget);
  }
}

function countTrace(folder: string, budget: Budget): void {
  try {
    const reader = openTraceReader(folder);
    try {
      for (const event of reader.events()) {
        if (event.kind === "call") budget.add({ role: event.role, ...event.tokens });
      }
    } finally {
      reader.close();
    }
  } catch (error) {
    // Playing the episode will say what is wrong with it; what cannot be read cannot be counted.
    if (!(error instanceof TraceError)) throw error;
  }
}
