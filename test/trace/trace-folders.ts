import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTrace, openTraceReader, type TraceEvent } from "@metamem/core";
import { SyntheticEpisode, syntheticHeader } from "./synthetic-episode.ts";

/** Temporary folders of one test file; `removeAll` belongs into `afterAll`. */
export class TraceFolders {
  private readonly made: string[] = [];

  empty(): string {
    const dir = mkdtempSync(join(tmpdir(), "trace-"));
    this.made.push(dir);
    return dir;
  }

  copy(of: string): string {
    const dir = this.empty();
    cpSync(of, dir, { recursive: true });
    return dir;
  }

  /** A whole synthetic episode. */
  played(steps: number): string {
    const dir = this.empty();
    new SyntheticEpisode(createTrace(dir, syntheticHeader)).play(steps);
    return dir;
  }

  removeAll(): void {
    for (const dir of this.made.splice(0)) rmSync(dir, { recursive: true, force: true });
  }
}

export interface TraceContent {
  /** Without what may differ between two runs. */
  readonly events: readonly Omit<TraceEvent, "operational">[];
  /** All prompts, so that every text of every call is read. */
  readonly prompts: readonly string[];
}

/** Everything that must be equal between an undisturbed episode and a resumed one. */
export function contentOf(dir: string): TraceContent {
  const reader = openTraceReader(dir);
  const events = [...reader.events()];
  const prompts = events.flatMap((event) =>
    event.kind === "call" ? [JSON.stringify(reader.messages(event.step, event.callId)), reader.text(event.reply)] : [],
  );
  reader.close();
  return { events: events.map(({ operational: _operational, ...event }) => event), prompts };
}
