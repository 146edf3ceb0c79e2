import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type NethackCrashRecord, readNethackCrashRecords } from "@metamem/native-env";
import type { PlayCounts, SoakSize } from "./soak-games.ts";

export interface SoakCounts extends PlayCounts {
  readonly grownKb: number;
  readonly grownFiles: number;
}

export interface SoakResult {
  readonly counts: SoakCounts | null;
  readonly seconds: number;
  /** Null when all went well. */
  readonly problem: string | null;
}

/** More than this is a leak; the engine's own memory comes and goes by some of it. */
const toleratedKb = 16_384;
const player = fileURLToPath(new URL("player.ts", import.meta.url));

/** Plays in a process of its own, so that a crash in the game is survived and can be told. `progress` hears the part that is done. */
export async function soak(size: SoakSize, progress: (done: number) => void): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), "metamem-soak-"));
  const records = join(folder, "records");
  const started = performance.now();
  try {
    const command = [process.execPath, player, JSON.stringify(size), records];
    const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "inherit" });
    let counts: SoakCounts | null = null;
    let problem: string | null = null;
    for await (const line of lines(child.stdout)) {
      const said = JSON.parse(line) as { keys?: number; counts?: SoakCounts; problem?: string };
      if (said.keys !== undefined) progress(said.keys / size.keys);
      counts = said.counts ?? counts;
      problem = said.problem ?? problem;
    }
    const code = await child.exited;
    if (counts === null)
      problem ??= `the process ended with ${child.signalCode ?? code}. ${told(readNethackCrashRecords(records))}`;
    return { counts, seconds: (performance.now() - started) / 1000, problem: problem ?? grown(counts) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* lines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const whole = (rest + part).split("\n");
    rest = whole.pop() ?? "";
    yield* whole;
  }
}

/** The game a crash happened in. */
function told(records: readonly NethackCrashRecord[]): string {
  const running = records.filter((record) => record.running);
  const games = running.map(
    ({ core, display, turn, keyCount, lastKeys }) =>
      `seed ${core}, game ${display}, turn ${turn}, ${keyCount} keys, the last ones: ${lastKeys.join(" ")}`,
  );
  return games.length === 0 ? "No game was running." : games.join("; ");
}

function grown(counts: SoakCounts | null): string | null {
  if (counts === null) return null;
  if (counts.grownKb > toleratedKb) return `memory grew by ${counts.grownKb} kB`;
  return counts.grownFiles > 0 ? `${counts.grownFiles} files were left open` : null;
}
