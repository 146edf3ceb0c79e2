/** `bun run soak:nethack [--keys N] [--seeds N] [--at-once N] [--json]`: random keys in many worlds. Exit code 1 when anything goes wrong. */

import { parseArgs } from "node:util";
import { ProgressLine } from "../../packages/cli/bootstrap/progress.ts";
import { soak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    keys: { type: "string", default: "10000000" },
    seeds: { type: "string", default: "200" },
    "at-once": { type: "string", default: "16" },
    json: { type: "boolean", default: false },
  },
});

const size = { keys: whole("keys"), seeds: whole("seeds"), atOnce: whole("at-once") };
const line = new ProgressLine(`${size.keys} random keys, ${size.seeds} seeds`);
const { counts, seconds, problem } = await soak(size, (done) => line.update(done));
if (problem === null) line.finish();
else line.abandon();
const keysPerSecond = counts === null ? null : Math.round(counts.keys / seconds);
const result = { schema: "metamem.soak/1", env: "nethack", ...counts, seconds, keysPerSecond, problem };
console.log(values.json ? JSON.stringify(result) : summary());
process.exitCode = problem === null ? 0 : 1;

function whole(name: "keys" | "seeds" | "at-once"): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  console.error(`--${name} must be a whole number from 1 on`);
  process.exit(2);
}

function summary(): string {
  if (counts === null || problem !== null) return `failed: ${problem}`;
  const { keys, games, playedAgain, grownKb, grownFiles } = counts;
  return `${keys} keys, ${games} games, ${playedAgain} of them played again alone with the same end; memory grew by ${grownKb} kB, open files by ${grownFiles}; ${keysPerSecond} keys/s`;
}
