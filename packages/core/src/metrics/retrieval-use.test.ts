import { expect, test } from "vitest";
import { encode } from "../memory/text.ts";
import { delayClass } from "./delays.ts";
import { poolMetrics } from "./pool.ts";
import { RetrievalUse } from "./retrieval-use.ts";
import { parts, Script } from "./script-episode.ts";

/** Step 0 writes three lines, of which two are read at steps 2 and 20; step 3 edits one, which is read at step 5. */
function played(): Script {
  const script = new Script().keyframe({ "log.txt": "# Log\n", "map.txt": "lake: unknown\n" }).observe();
  script.op("WRITE").memory((store) => store.write("log.txt", "# Log\nstep 0: A cow\n\na tree\nnever read"));
  // Not shown, not there, another file: nothing is returned.
  script.read("TAIL", { file: "log.txt", count: "1" }, "[TAIL log.txt|1] lines 5-5 of 5\nnever read", {
    shown: false,
  });
  script.read("COUNT", { target: "log.txt", keywords: "never" }, "[COUNT log.txt|never] 1 matching line");
  script.read("READ", { file: "map.txt" }, "[READ map.txt] 1 line\na cow").act();
  script.observe().act().observe();
  const cow = "[SEARCH *|cow] 2 matching lines\nlog.txt:2: step 0: A cow\nother.txt:1: never read";
  script.read("SEARCH", { target: "*", keywords: "cow" }, cow).act();
  script
    .observe()
    .op("UPSERT")
    .memory((store) => store.upsert("map.txt", "lake", "två west"));
  // Written again, and again found: a line counts once.
  script.op("APPEND").memory((store) => store.append("log.txt", "step 3: a cow"));
  script.read("SEARCH", { target: "*", keywords: "cow" }, cow).act();
  script.op("WRITE", { origin: "scaffold" }).memory((store) => store.write("derived.txt", "by the scaffold"));
  script.observe().act().observe();
  script.read("READ", { file: "map.txt" }, "[READ map.txt] 1 line\nlake: två west").act();
  script.read("READ", { file: "derived.txt" }, "[READ derived.txt] 1 line\nby the scaffold");
  for (let step = 6; step <= 20; step++) script.observe().act();
  return script.read("READ", { file: "log.txt", lines: "4" }, "[READ log.txt|4] lines 4-4 of 6\na tree");
}

test("the share of the model's own lines that a later read returned, once each", () => {
  const { retrievalUse } = played().metrics();
  // Own lines: a cow, a tree, never read, lake: två west.
  expect(parts(retrievalUse)).toEqual([3, 4]);
});

test("delays are counted from the writing: 2, 20 and 2 steps", () => {
  expect(played().metrics().retrievalDelay).toEqual({ classes: { 2: 2, 20: 1 }, median: 2 });
});

test("an edit within a line writes the whole line; growth counts characters, not bytes", () => {
  const episode = new Script()
    .keyframe({ "log.txt": "one cow\nend\n" })
    .observe()
    .op("REPLACE")
    .memory((store) => store.replace("log.txt", "cow", "été"))
    .read("READ", { file: "log.txt" }, "[READ log.txt] 2 lines\none été\nend")
    .op("APPEND")
    .memory((store) => store.append("log.txt", "😀é"))
    .act()
    .metrics();
  expect(parts(episode.retrievalUse)).toEqual([1, 2]);
  expect(episode.retrievalDelay).toEqual({ classes: { 0: 1 }, median: 0 });
  expect(parts(episode.memoryGrowth)).toEqual([3, 1]);
});

test("episodes pool with the median of all delays", () => {
  const quick = new Script()
    .observe()
    .op("APPEND")
    .memory((store) => store.append("a.txt", "x\ny\nz\nw"))
    .read("TAIL", { file: "a.txt", count: "4" }, "[TAIL a.txt|4] lines 1-4 of 4\nx\ny\nz\nw")
    .act();
  const pooled = poolMetrics([played().metrics(), quick.metrics()]);
  expect(pooled?.retrievalUse).toEqual({ count: 7, of: 8, rate: 0.875 });
  expect(pooled?.retrievalDelay).toEqual({ classes: { 0: 4, 2: 2, 20: 1 }, median: 0 });
});

test("delays from 16 steps on share classes at most an eighth wide", () => {
  expect([0, 1, 15, 16, 17, 18, 31, 32, 35, 36, 19_999].map(delayClass)).toEqual([
    ...[0, 1, 15, 16, 16, 18, 30, 32, 32, 36, 18_432],
  ]);
});

test("memory is bounded: of very many lines, those met first are given up", () => {
  const use = new RetrievalUse();
  const lines = Array.from({ length: 2 ** 18 + 1 }, (_, number) => `line ${number}`);
  use.write("log.txt", encode(lines.join("\n")), 0);
  use.read("TAIL", "log.txt", `[TAIL log.txt|2]\n${lines[0]}\n${lines.at(-1)}`, 3);
  expect(parts(use.use)).toEqual([1, 2 ** 18 + 1]);
});
