/**
 * Replays recordings with the native runner of a sanitizer build: `bun test/parity/sanitize.ts RUNNER [FILE...]`.
 * The runner checks all numbers, this script the texts. Exit code 1 at the first difference or sanitizer report.
 */

import { fileURLToPath } from "node:url";
import { sha256 } from "@metamem/core";
import { expectedHashes, type GoldenEpisode, goldenLines, readGoldens } from "./golden-lines.ts";

const defaultFile = fileURLToPath(new URL("../goldens/crafter-dev.jsonl.gz", import.meta.url));

async function replay(runner: string, episodes: readonly GoldenEpisode[]): Promise<string[]> {
  const lines = episodes.flatMap((episode) => [...goldenLines(episode)]);
  const child = Bun.spawn([runner], { stdin: new Blob([`${lines.join("\n")}\n`]), stdout: "pipe", stderr: "inherit" });
  const output = (await new Response(child.stdout).text()).trim().split("\n");
  if ((await child.exited) !== 0) throw new Error(output.at(-1) || "the runner stopped without a word");
  return output;
}

/** Number of texts that agree; throws at the first that does not. */
function checkTexts(episodes: readonly GoldenEpisode[], output: readonly string[]): number {
  const byId = new Map(episodes.map((episode) => [episode.id, episode]));
  const printed = output.filter((line) => line.startsWith("text "));
  for (const line of printed) {
    const [, key = "", ...texts] = line.split(" ");
    const [id = "", step = "", name = ""] = key.split("/");
    const episode = byId.get(id);
    const expected = episode === undefined ? [] : expectedHashes(episode, step, name);
    for (const [index, hash] of expected.entries()) {
      const actual = sha256(Buffer.from(texts[index] ?? "", "hex")).slice(0, 16);
      if (actual !== hash) throw new Error(`text ${key} has hash ${actual}, expected ${hash}`);
    }
  }
  return printed.length;
}

async function main([runner, ...files]: readonly string[]): Promise<void> {
  if (runner === undefined) throw new Error("usage: sanitize.ts RUNNER [FILE...]");
  for (const file of files.length > 0 ? files : [defaultFile]) {
    const episodes = readGoldens(file, await Bun.file(file).bytes());
    const output = await replay(runner, episodes);
    const texts = checkTexts(episodes, output);
    console.log(`${file}: ${output.at(-1)}, ${texts} texts, no sanitizer report`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
