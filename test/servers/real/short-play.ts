import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workplace } from "../../e2e/command-line.ts";
import type { Served } from "./global-setup.ts";

/** Options of play with short replies: the test model has nothing to say. */
export function shortPlay(place: Workplace): string[] {
  const protocol = place.in("short.json");
  const shipped = new URL("../../../seeds/protocols/default.json", import.meta.url);
  const settings = JSON.parse(readFileSync(shipped, "utf8")) as Record<string, unknown>;
  const short = { ...settings, name: "short", maxOutputTokens: 32, logCalls: 2, planCalls: 2 };
  writeFileSync(protocol, JSON.stringify(short));
  return ["--env", "crafter", "--scaffold", "memory-v0", "--protocol", protocol, "--json", "--quiet"];
}

/** How many answered calls the traces of a run hold. */
export function callCount(run: string): number {
  const episodes = join(run, "episodes");
  try {
    const logs = readdirSync(episodes).map((name) => readFileSync(join(episodes, name, "events.jsonl"), "utf8"));
    return logs.reduce((sum, log) => sum + log.split('"kind":"call"').length - 1, 0);
  } catch {
    return 0;
  }
}

/** The process of the server that runs now, as `metamem serve` says. */
export function serverProcess({ notes }: Served): number {
  const starts = [...readFileSync(notes, "utf8").matchAll(/ready \(process (\d+)\)/g)];
  return Number(starts.at(-1)?.[1]);
}
