/**
 * The process that plays for the soak test: `bun player.ts SIZE RECORDS`, SIZE being a `SoakSize` in JSON and RECORDS the file for what a crash
 * leaves. Prints lines of JSON: `{"keys":…}` now and then, in the end the counts, or `{"problem":…}`.
 */

import { recordNethackCrashesTo } from "@metamem/native-env";
import { SoakGames, type SoakSize } from "./soak-games.ts";

const millisecondsBetweenReports = 200;

const [size = "", records = ""] = process.argv.slice(2);
const { atOnce, ...rest } = JSON.parse(size) as SoakSize;
// A game played again sits beside the others.
recordNethackCrashesTo(records, 2 * atOnce);
let reported = performance.now();
const print = (value: object): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);
try {
  const counts = new SoakGames({ atOnce, ...rest }).play((keys) => {
    if (performance.now() - reported < millisecondsBetweenReports) return;
    reported = performance.now();
    print({ keys });
  });
  print({ counts });
} catch (error) {
  print({ problem: error instanceof Error ? error.message : String(error) });
}
