/** One progress line with elapsed and remaining time, redrawn on a terminal and printed sparsely elsewhere. */

import { isTerminal, say, write } from "./console.ts";

const barWidth = 24;
/** Without a terminal a line is printed each time this much more is done. */
const sparseStep = 0.25;
/** How often a terminal line is redrawn, so that the clock runs while one long file compiles. */
const redrawMs = 250;

/** The text of a progress line. `done` is 0..1, times are milliseconds. */
export function progressText(label: string, done: number, elapsedMs: number): string {
  const filled = Math.round(done * barWidth);
  const bar = "#".repeat(filled) + "-".repeat(barWidth - filled);
  const percent = `${Math.round(done * 100)}%`.padStart(4);
  const remainingMs = done > 0 ? (elapsedMs * (1 - done)) / done : undefined;
  const remaining = remainingMs === undefined || done >= 1 ? "" : `, about ${seconds(remainingMs)} left`;
  return `${label} [${bar}]${percent}  ${seconds(elapsedMs)}${remaining}`;
}

/**
 * How much of the build a line of build output says is done: `[ 42%] ...` (make) or `[3/10] ...` (ninja).
 * Returns undefined for any other line.
 */
export function doneOf(line: string): number | undefined {
  const percent = /^\[\s*(\d{1,3})%\]/.exec(line);
  if (percent !== null) return Math.min(1, Number(percent[1]) / 100);
  const count = /^\[(\d+)\/(\d+)\]/.exec(line);
  if (count === null || Number(count[2]) === 0) return undefined;
  return Math.min(1, Number(count[1]) / Number(count[2]));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** A running progress display; call `finish` or `abandon` exactly once. */
export class ProgressLine {
  readonly #label: string;
  readonly #started = performance.now();
  readonly #live = isTerminal();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #done = 0;
  #printed = 0;

  constructor(label: string) {
    this.#label = label;
    if (this.#live) this.#timer = setInterval(() => this.#draw(), redrawMs);
    else say(`${label} ...`);
  }

  /** Reports progress 0..1; smaller values than before are ignored, builds report out of order. */
  update(done: number): void {
    if (done <= this.#done) return;
    this.#done = done;
    if (this.#live) this.#draw();
    else if (done - this.#printed >= sparseStep && done < 1) {
      this.#printed = done;
      say(progressText(this.#label, done, performance.now() - this.#started));
    }
  }

  finish(): void {
    this.#clear();
    say(`${this.#label}: done in ${seconds(performance.now() - this.#started)}`);
  }

  abandon(): void {
    this.#clear();
  }

  #draw(): void {
    write(`\r\x1b[2Kmetamem: ${progressText(this.#label, this.#done, performance.now() - this.#started)}`);
  }

  #clear(): void {
    clearInterval(this.#timer);
    if (this.#live) write("\r\x1b[2K");
  }
}
