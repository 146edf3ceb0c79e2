import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LoadedRun } from "./run-rows.ts";
import type { Report } from "./schema.ts";

const sessionsSchema = z.object({
  sessions: z.array(
    z.object({
      cost: z.number().nullable(),
      open: z.record(z.string(), z.object({ code: z.string(), message: z.string() })),
    }),
  ),
});

/** What tells how a run went: everything that a kill and a resume may change. */
export function operationalOf(
  { run, record, times }: LoadedRun,
  folder: string,
): Omit<Report["operational"]["runs"][number], "name"> {
  const sessions = sessionsIn(textOf(join(run.path, "operational.json")));
  const { seconds, ...sums } = times;
  return {
    folder,
    createdAt: record.operational.createdAt,
    code: record.operational.code,
    sessions: sessions.length,
    crashes: textOf(join(run.path, "crashes.jsonl")).split("\n").length - 1,
    cost: sessions.at(-1)?.cost ?? null,
    ...sums,
    episodeSeconds: seconds,
    open: sessions.at(-1)?.open ?? {},
  };
}

/** No result depends on this file, so a damaged one is no reason to refuse a report. */
function sessionsIn(text: string): z.infer<typeof sessionsSchema>["sessions"] {
  try {
    return sessionsSchema.parse(JSON.parse(text)).sessions;
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
