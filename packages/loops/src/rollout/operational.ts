import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "@metamem/core";
import type { RolloutResult } from "./rollout-result.ts";
import type { RunFolder } from "./run-folder.ts";

const file = "operational.json";

type SessionRecord = Omit<RolloutResult["operational"], "folder">;

/**
 * Puts what a session says about itself into operational.json, beside the sessions before it. A session is known by when it started. A disk that
 * is full must not end the run that is described: then there is no description.
 */
export function writeOperational(run: RunFolder, { folder: _folder, ...session }: RolloutResult["operational"]): void {
  const others = earlierSessions(run).filter(({ startedAt }) => startedAt !== session.startedAt);
  try {
    run.writeDerived(file, { schema: "metamem.run-operational/1", sessions: [...others, session] });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
  }
}

function earlierSessions(run: RunFolder): SessionRecord[] {
  const path = join(run.path, file);
  if (!existsSync(path)) return [];
  try {
    const { sessions } = JSON.parse(readFileSync(path, "utf8")) as { sessions?: unknown };
    return Array.isArray(sessions) ? sessions.filter(isSession) : [];
  } catch {
    // Nothing is derived from this file; a damaged one is begun again.
    return [];
  }
}

function isSession(value: unknown): value is SessionRecord {
  return typeof value === "object" && value !== null && "startedAt" in value;
}
