/**
 * Replays recordings of NetHack and MiniHack with the native tools of a sanitizer build, plays many games at once, and compiles changed levels:
 * `bun test/parity/sanitize-nethack.ts BUILD_FOLDER`. Exit code 1 at the first difference or sanitizer report.
 */

import { fileURLToPath } from "node:url";
import { minihackReplayLines } from "@metamem/native-env";
import { rawLines, textLines } from "./nethack-lines.ts";

const soakKeys = 100_000;
const gamesAtOnce = 24;
const changedLevels = 20_000;
const compilingThreads = 4;

function goldenPath(name: string): string {
  return fileURLToPath(new URL(`../goldens/${name}`, import.meta.url));
}

async function golden(name: string): Promise<Uint8Array> {
  return await Bun.file(goldenPath(name)).bytes();
}

async function run(title: string, command: readonly string[], lines: Iterable<string> = []): Promise<void> {
  const stdin = new Blob([`${[...lines].join("\n")}\n`]);
  // Freed memory that the sanitizer holds back would count as growth.
  const env = { ...process.env, ASAN_OPTIONS: "quarantine_size_mb=8" };
  const child = Bun.spawn([...command], { env, stdin, stdout: "pipe", stderr: "inherit" });
  const output = (await new Response(child.stdout).text()).trim();
  if ((await child.exited) !== 0) throw new Error(`${title}: ${output || "the program stopped without a word"}`);
  console.log(`${title}: ${output.split("\n").at(-1)}, no sanitizer report`);
}

async function main([build]: readonly string[]): Promise<void> {
  if (build === undefined) throw new Error("usage: sanitize-nethack.ts BUILD_FOLDER");
  const game = [`${build}/nethack/game/libmetamem_nethack.so`, `${build}/nethack/game/dat/nhdat`];
  const [raw, text] = [await golden("nethack-raw-dev.jsonl.gz"), await golden("nethack-dev.jsonl.gz")];
  const replay = `${build}/nethack/nethack_golden`;
  await run("raw arrays", [replay, ...game], rawLines(raw));
  await run("raw arrays, library copied", [replay, ...game, "copies"], rawLines(raw));
  await run("texts", [`${build}/nethack/text/nethack_text_golden`, ...game], textLines(text));
  await run("hand-made texts", [`${build}/nethack/text/nethack_text_test`, ...game]);
  await run("records", [`${build}/nethack/text/nethack_record_test`]);
  await run("many games", [`${build}/nethack/nethack_soak`, ...game, String(soakKeys), String(gamesAtOnce)]);
  await minihack(build, game);
}

async function minihack(build: string, game: readonly string[]): Promise<void> {
  const compiler = `${build}/minihack/libmetamem_levels.so`;
  const tasks = [`${build}/minihack/task/minihack_task_golden`, ...game, compiler, `${build}/minihack/minihack.dat`];
  await run("tasks", tasks, await minihackReplayLines(goldenPath("minihack-dev.jsonl.gz")));
  const sources = `${build}/nethack/game/dat`;
  const levels = [...new Bun.Glob("*.des").scanSync(sources)].sort().map((name) => `${sources}/${name}`);
  const counts = [1, changedLevels, compilingThreads].map(String);
  await run("changed levels", [`${build}/minihack/level/minihack_level_fuzz`, compiler, ...counts, ...levels]);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
