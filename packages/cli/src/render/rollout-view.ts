import type { RunMonitor } from "@metamem/loops";
import { note } from "../console.ts";
import { colourDepth, Painter } from "./colours.ts";
import { bar } from "./layout.ts";
import { duration, percent, plural, short } from "./numbers.ts";
import { chipLines } from "./rollout-chips.ts";
import { Screen } from "./screen.ts";

/** Something that shows a running rollout on stderr. */
export interface RolloutView {
  close(): void;
}

const redrawMs = 500;
const lineMs = 5000;

/** The live picture on a terminal, otherwise a line now and then. */
export function openRolloutView(monitor: RunMonitor, folder: string, live: boolean): RolloutView {
  note(`${plural(monitor.episodes.size, "episode")}, ${monitor.count("waiting")} to play; run in ${folder}`);
  if (process.stderr.isTTY && live && process.env.TERM !== "dumb") return liveView(monitor);
  const timer = setInterval(() => note(paceLine(monitor)), lineMs);
  return { close: () => clearInterval(timer) };
}

function liveView(monitor: RunMonitor): RolloutView {
  const screen = new Screen(process.stderr);
  const painter = new Painter(colourDepth({ isTty: true, env: process.env }));
  const draw = () => screen.draw(rolloutLines(monitor, screen.size, painter));
  const timer = setInterval(draw, redrawMs);
  const restore = () => screen.close();
  process.on("exit", restore);
  return {
    close() {
      clearInterval(timer);
      process.off("exit", restore);
      screen.close();
    },
  };
}

/** Bar, rates, clock and money, then one chip per episode. */
export function rolloutLines(
  monitor: RunMonitor,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  painter: Painter,
): string[] {
  const width = Math.max(10, Math.min(50, columns - 50));
  const fraction = monitor.playedShare;
  return [
    `${bar(fraction, width)} ${percent(fraction)}  ${doneText(monitor)}`,
    ratesText(monitor),
    clockText(monitor),
    "",
    ...chipLines(monitor.episodes.values(), columns, Math.max(1, rows - 7), painter),
  ].map((line) => (Bun.stringWidth(line) < columns ? line : Bun.sliceAnsi(line, 0, columns - 1)));
}

function doneText(monitor: RunMonitor): string {
  const done = monitor.count("finished") + monitor.count("failed") + monitor.count("set_aside");
  const bad = [
    [monitor.count("failed"), "failed"],
    [monitor.count("set_aside"), "set aside"],
    [monitor.count("void"), "void"],
  ] as const;
  const extra = bad.filter(([count]) => count > 0).map(([count, name]) => `, ${count} ${name}`);
  return `${done} of ${plural(monitor.episodes.size, "episode")}${extra.join("")}`;
}

/** Everything but the chips on one line, for logs. */
export function paceLine(monitor: RunMonitor): string {
  return [doneText(monitor), ratesText(monitor), clockText(monitor)].join("  ");
}

/** `3.2 calls/s  8.1k tokens/s  cache 83.0 %  8 of 16 calls under way` */
function ratesText(monitor: RunMonitor): string {
  const { calls, tokens } = monitor.pace();
  const hits = monitor.cacheHitRate;
  return [
    `${short(Number(calls.toFixed(1)))} calls/s`,
    `${short(Math.round(tokens))} tokens/s`,
    hits === null ? "" : `cache ${percent(hits)}`,
    `${monitor.underWay} of ${monitor.level} calls under way`,
  ]
    .filter((text) => text !== "")
    .join("  ");
}

/** `0:10, about 2:30 left  $1.20  failed tries: 3  crashes: 1` */
function clockText(monitor: RunMonitor): string {
  const { secondsLeft } = monitor;
  const cost = monitor.budget.cost;
  return [
    `${duration(monitor.seconds)}${secondsLeft === null || secondsLeft === 0 ? "" : `, about ${duration(secondsLeft)} left`}`,
    cost === null || cost === 0 ? "" : `$${cost.toFixed(2)}`,
    monitor.failures > 0 ? `failed tries: ${monitor.failures}` : "",
    monitor.crashes.length > 0 ? `crashes: ${monitor.crashes.length}` : "",
  ]
    .filter((text) => text !== "")
    .join("  ");
}
