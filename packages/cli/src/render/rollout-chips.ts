import type { MonitoredEpisode } from "@metamem/loops";
import { type Painter, palette } from "./colours.ts";

/** One character per episode: where it stands. */
export function chip({ state, progression }: MonitoredEpisode, painter: Painter): string {
  switch (state) {
    case "waiting":
      return painter.dim("·");
    case "playing":
      return painter.colour("▸", palette.accent);
    case "finished":
      return painter.colour(level(progression), progression > 0 ? palette.good : palette.warn);
    case "failed":
      return painter.colour("x", palette.bad);
    case "set_aside":
      return painter.colour("!", palette.bad);
    case "void":
      return painter.colour("?", palette.bad);
    case "interrupted":
      return painter.colour("-", palette.warn);
  }
}

/** How far a finished episode came, as the height of a block. */
function level(progression: number): string {
  return "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(progression * 8))] ?? "█";
}

/** The chips of a run, by family and in lines of at most `columns`; families with more than fits end in a count. */
export function chipLines(
  episodes: Iterable<MonitoredEpisode>,
  columns: number,
  rows: number,
  painter: Painter,
): string[] {
  const families = new Map<string, MonitoredEpisode[]>();
  for (const episode of episodes) {
    const { name } = episode.planned.resolved.family;
    const list = families.get(name);
    if (list === undefined) families.set(name, [episode]);
    else list.push(episode);
  }
  const width = Math.max(0, ...[...families.keys()].map((name) => name.length)) + 1;
  const perLine = Math.max(10, Math.min(100, columns - width - 3));
  const rowsEach = Math.max(1, Math.floor(rows / Math.max(1, families.size)));
  return [...families].flatMap(([name, list]) => {
    const shown = list.slice(0, rowsEach * perLine);
    const lines: string[] = [];
    for (let from = 0; from < shown.length; from += perLine) {
      const chips = shown.slice(from, from + perLine).map((episode) => chip(episode, painter));
      lines.push(`${(from === 0 ? name : "").padEnd(width)} ${chips.join("")}`);
    }
    return shown.length === list.length
      ? lines
      : [...lines, `${"".padEnd(width)} and ${list.length - shown.length} more`];
  });
}
