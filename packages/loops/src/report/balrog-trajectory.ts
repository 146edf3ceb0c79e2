import { closeSync, openSync, writeSync } from "node:fs";
import { type EventOf, openTraceReader, type TraceReader } from "@metamem/core";

/** What an episode's trace adds to its result. */
export interface Trajectory {
  /** Executed actions. */
  readonly actionFrequency: Readonly<Record<string, number>>;
  /** Actions as the model wrote them that were not in the list, so that another one was executed. */
  readonly failedCandidates: readonly string[];
  /** The game ended by itself. */
  readonly done: boolean;
  readonly steps: number;
}

const columns = ["Step", "Action", "Reasoning", "Observation", "Reward", "Done"];
const flushAt = 1 << 20;

/**
 * Writes the benchmark's table of an episode: one row per step with the action as written, the reply that it stood in, and the observation
 * that followed.
 */
export function writeTrajectory(episode: string, path: string): Trajectory {
  const reader = openTraceReader(episode);
  const file = openSync(path, "w");
  try {
    return copySteps(reader, new TableFile(file));
  } finally {
    closeSync(file);
    reader.close();
  }
}

function copySteps(reader: TraceReader, table: TableFile): Trajectory {
  const actionFrequency: Record<string, number> = {};
  const failedCandidates: string[] = [];
  let [steps, done] = [0, false];
  let reply = "";
  let taken: EventOf<"action"> | null = null;
  table.row(columns);
  for (const event of reader.events()) {
    if (event.kind === "call" && event.phase !== "log") reply = event.reply;
    if (event.kind === "action") {
      taken = event;
      actionFrequency[event.executed] = (actionFrequency[event.executed] ?? 0) + 1;
      if (event.source === "fallback" && event.raw !== null) failedCandidates.push(event.raw);
    }
    if (event.kind !== "obs" || taken === null) continue;
    done = event.terminated || event.truncated;
    const action = taken.raw ?? taken.executed;
    const reasoning = reply === "" ? "" : reader.text(reply);
    table.row([
      String(steps),
      action,
      reasoning,
      reader.text(event.longTerm),
      float(event.reward),
      done ? "True" : "False",
    ]);
    steps += 1;
    taken = null;
    reply = "";
  }
  table.flush();
  return { actionFrequency, failedCandidates, done, steps };
}

/** As Python writes it. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Rows as Python's csv module writes them with the benchmark's settings. */
class TableFile {
  private readonly file: number;
  private pending: string[] = [];
  private size = 0;

  constructor(file: number) {
    this.file = file;
  }

  row(cells: readonly string[]): void {
    const line = `${cells.map(quoted).join(",")}\r\n`;
    this.pending.push(line);
    this.size += line.length;
    if (this.size >= flushAt) this.flush();
  }

  flush(): void {
    writeSync(this.file, this.pending.join(""));
    this.pending = [];
    this.size = 0;
  }
}

/** The benchmark names `˘` as escape character, so that it is doubled where it stands in a text. */
function quoted(cell: string): string {
  const text = cell.replaceAll("˘", "˘˘");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
