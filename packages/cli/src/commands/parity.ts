import { existsSync } from "node:fs";
import { exitCodes, type ParityDivergence, type ParityReport, UsageError } from "@metamem/core";
import { defaultFamily, findFamily } from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { printable } from "../render/printable.ts";

export interface ParityOptions {
  readonly env?: string;
  readonly textures?: string;
  readonly json?: boolean;
}

/** Divergences shown; one is enough to begin looking. */
const shownDivergences = 1;

/** Checks files of reference recordings. The last line is `N steps, 0 divergences`, or the first divergence stands above it. */
export async function parityCommand(files: readonly string[], options: ParityOptions): Promise<number> {
  const family = await findFamily(options.env ?? defaultFamily());
  const { parity } = family;
  if (parity === undefined)
    throw new UsageError("parity", `${family.name} has no reference recordings to compare with`);
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new UsageError("parity", `no file ${missing}`);
  const reports: ParityReport[] = [];
  for (const file of files) {
    const extras = options.textures === undefined ? {} : { extras: { textures: options.textures } };
    reports.push(await parity.call(family, file, { ...extras, onProgress: progressOn(file) }));
  }
  const steps = reports.reduce((sum, report) => sum + report.steps, 0);
  const episodes = reports.reduce((sum, report) => sum + report.episodes, 0);
  const divergences = reports.flatMap((report) => report.divergences);
  const unchecked = addUp(reports.map((report) => report.unchecked));
  if (options.json === true) {
    printJson({ schema: "metamem.parity/1", family: family.name, files, episodes, steps, unchecked, divergences });
  } else {
    printLines([
      ...divergences.slice(0, shownDivergences).flatMap(divergenceLines),
      ...Object.entries(unchecked).map(([kind, count]) => `not checked: ${count} ${kind}`),
      `${steps} steps, ${divergences.length} divergences`,
    ]);
  }
  return divergences.length === 0 ? exitCodes.ok : exitCodes.checkFailed;
}

function divergenceLines(divergence: ParityDivergence): string[] {
  const { episode, seed, step, action, field, expected, actual, recentActions } = divergence;
  return [
    `first divergence: ${field} at step ${step} of ${episode}, seed ${seed}, after action ${action ?? "(reset)"}`,
    `  recorded  ${printable(expected)}`,
    `  here      ${printable(actual)}`,
    `  last actions  ${recentActions.join(", ") || "none"}`,
  ];
}

/** On a terminal, how far a long file has been read. */
function progressOn(file: string): (done: number, total: number) => void {
  let shown = performance.now();
  return (done, total) => {
    if (!process.stderr.isTTY || performance.now() - shown < 1000) return;
    shown = performance.now();
    note(`${file}: ${done} of ${total}`);
  };
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const entry of counts)
    for (const [kind, count] of Object.entries(entry)) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
