/**
 * The process that plays for the soak test: `bun player.ts SIZE RECORDS`, SIZE being a `SoakSize` in JSON and RECORDS the file for what a crash
 * leaves. Prints lines of JSON: `{"keys":…}` now and then, in the end the counts, or `{"problem":…}`.
 */

import { recordNethackCrashesTo } from "@metamem/native-env";
import { openFiles, privateKilobytes } from "./private-memory.ts";
import type { SoakCounts } from "./soak.ts";
import { SoakGames, type SoakSize } from "./soak-games.ts";

const millisecondsBetweenReports = 200;

const [size = "", records = ""] = process.argv.slice(2);
const whole = JSON.parse(size) as SoakSize;
let reported = performance.now();
try {
  // A game played again sits beside the others.
  recordNethackCrashesTo(records, 2 * whole.atOnce);
  print({ counts: play() });
} catch (error) {
  print({ problem: error instanceof Error ? error.message : String(error) });
}

/** Memory and files are compared with nothing open; what is kept for good is there after a first, smaller part. */
function play(): SoakCounts {
  new SoakGames({ ...whole, keys: Math.ceil(whole.keys / 10) }).play(() => {});
  // The engine opens a file of its own for the first report.
  print({ keys: 0 });
  const before = resources();
  const played = new SoakGames(whole).play(report);
  const after = resources();
  return { ...played, grownKb: after.kilobytes - before.kilobytes, grownFiles: after.files - before.files };
}

function resources(): { kilobytes: number; files: number } {
  Bun.gc(true);
  return { kilobytes: privateKilobytes(), files: openFiles() };
}

function report(keys: number): void {
  if (performance.now() - reported < millisecondsBetweenReports) return;
  reported = performance.now();
  print({ keys });
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
