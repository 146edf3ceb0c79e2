import { type EventOf, findOp, MemoryReplay, openTraceReader, type Rate, type TraceEvent } from "@metamem/core";
import { insistOnTrace } from "./insist-on-trace.ts";
import { normalLines, SimilarLines } from "./similar-lines.ts";

/** The variants of spec automem §7.3 that take more than the metrics kept during play. */
export interface TraceRates {
  readonly rates: {
    /** Steps from 1 on with three or more reversals among at least four movements of the last ten actions. */
    readonly oscillatingActions: Rate;
    /** Write ops whose new lines all nearly stand in the file already, per write op. */
    readonly repeatWriteLoose: Rate;
    /** Characters that the model's own ops added to memory, less those they removed, per step. */
    readonly memoryGrowthModel: Rate;
  };
  /** Characters by which each file grew. */
  readonly growthByFile: Readonly<Record<string, number>>;
}

type Direction = readonly [number, number];

/** Reads a whole trace. @throws TraceError when it is missing or damaged. */
export function traceRatesOf(episode: string): TraceRates {
  insistOnTrace(episode);
  const reader = openTraceReader(episode);
  try {
    const pass = new TraceRatesPass(directionsOf(reader.header.task.actions), (hash) => reader.text(hash));
    for (const event of reader.events()) pass.add(event);
    return pass.result();
  } finally {
    reader.close();
  }
}

function directionsOf(actions: unknown): Map<string, Direction> {
  const listed = Array.isArray(actions) ? (actions as { name: string; direction?: Direction }[]) : [];
  return new Map(listed.flatMap(({ name, direction }) => (direction === undefined ? [] : [[name, direction]])));
}

/** Takes an episode's events in order. */
export class TraceRatesPass {
  private readonly directions: ReadonlyMap<string, Direction>;
  private readonly text: (hash: string) => string;
  private readonly memory = new MemoryReplay();
  private readonly similar = new SimilarLines();
  private readonly recent: string[] = [];
  private readonly growth = new Map<string, number>();
  /** The model's write ops, and whether the store found that they repeat. */
  private readonly modelWrites = new Map<string, boolean>();
  private readonly count = { steps: 0, oscillating: 0, writes: 0, repeats: 0, modelGrowth: 0 };
  private started = false;

  constructor(directions: ReadonlyMap<string, Direction>, text: (hash: string) => string) {
    this.directions = directions;
    this.text = text;
  }

  add(event: TraceEvent): void {
    if (event.kind === "action") this.addAction(event.executed);
    if (event.kind === "op") this.addOp(event);
    if (event.kind === "mem") this.addChange(event);
    if (event.kind === "mem.keyframe" && !this.started) {
      this.memory.keyframe(event, this.text);
      this.started = true;
    }
  }

  result(): TraceRates {
    const { steps, oscillating, writes, repeats, modelGrowth } = this.count;
    return {
      rates: {
        oscillatingActions: rate(oscillating, Math.max(0, steps - 1)),
        repeatWriteLoose: rate(repeats, writes),
        memoryGrowthModel: rate(modelGrowth, steps),
      },
      growthByFile: Object.fromEntries([...this.growth].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  private addAction(executed: string): void {
    const moves = this.recent.flatMap((action) => {
      const direction = this.directions.get(action);
      return direction === undefined ? [] : [direction];
    });
    const reversals = moves.filter(([x, y], at) => {
      const before = moves[at - 1];
      return before !== undefined && before[0] === -x && before[1] === -y;
    });
    if (this.count.steps > 0 && moves.length >= 4 && reversals.length >= 3) this.count.oscillating += 1;
    this.count.steps += 1;
    this.recent.push(executed);
    if (this.recent.length > 10) this.recent.shift();
  }

  /** Ops come before the changes they make. */
  private addOp({ opId, origin, status, name, repeat = false }: EventOf<"op">): void {
    if (origin !== "model" || findOp(name)?.kind !== "write" || status === "malformed" || status === "denied") return;
    this.count.writes += 1;
    if (repeat) this.count.repeats += 1;
    this.modelWrites.set(opId, repeat);
  }

  private addChange({ opId, delta }: EventOf<"mem">): void {
    const before = this.memory.content(delta.file).toString();
    this.memory.apply(delta);
    const after = this.memory.content(delta.file).toString();
    const grown = characters(after) - characters(before);
    this.growth.set(delta.file, (this.growth.get(delta.file) ?? 0) + grown);
    const repeated = this.modelWrites.get(opId);
    if (repeated === undefined) return;
    this.count.modelGrowth += grown;
    if (!repeated && saysNothingNew(before, after, this.similar)) this.count.repeats += 1;
  }
}

/** A change that only removes lines says nothing at all: it is no repeat. */
function saysNothingNew(before: string, after: string, similar: SimilarLines): boolean {
  const old = normalLines(before);
  const fresh = [...normalLines(after)].filter((line) => !old.has(line));
  return fresh.length > 0 && fresh.every((line) => similar.among(line, old));
}

function rate(count: number, of: number): Rate {
  return { count, of, rate: of === 0 ? null : count / of };
}

/** Unicode characters. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
