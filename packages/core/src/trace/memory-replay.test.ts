import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../hash.ts";
import type { MemoryDelta } from "../memory/store.ts";
import { MemoryReplay } from "./memory-replay.ts";

type Change = Pick<MemoryDelta, "file" | "change" | "text" | "splices">;

/** Does to plain strings what a change says, and describes it with its hashes. */
function perform(files: Map<string, string>, change: Change): MemoryDelta {
  const old = files.get(change.file);
  const now = changedText(old ?? "", change);
  if (now === null) files.delete(change.file);
  else files.set(change.file, now);
  const hash = (text: string | null | undefined) => (text === null || text === undefined ? null : sha256(text));
  return {
    ...change,
    before: hash(old),
    after: hash(now),
    storeHash: sha256(JSON.stringify([...files])),
    bytes: Buffer.byteLength(now ?? ""),
  };
}

function changedText(old: string, { change, text = "", splices = [] }: Change): string | null {
  if (change === "delete") return null;
  if (change === "append") return old + text;
  if (change !== "splice") return text;
  let bytes = Buffer.from(old);
  for (const { at, remove, insert } of [...splices].reverse()) {
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + remove)]);
  }
  return bytes.toString();
}

const text = fc.string({ unit: fc.constantFrom("a", "é", "\n", "z"), maxLength: 30 });
const file = fc.constantFrom("notes", "maps/cave");
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ file, change: fc.constantFrom("append", "write", "create" as const), text }),
  fc.record({ file, change: fc.constant("delete" as const) }),
);

describe("MemoryReplay", () => {
  test("follows any changes from any keyframe", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat(29), (changes, keyframeAt) => {
        const files = new Map<string, string>();
        const replay = new MemoryReplay();
        for (const [at, one] of changes.entries()) {
          if (at === keyframeAt) keyframe(replay, files);
          replay.apply(perform(files, one));
        }
        expect(replay.image().files).toEqual(Object.fromEntries(files));
      }),
    );
  });

  test("applies edits in the old file's coordinates, in bytes", () => {
    const files = new Map([["f", "één twee drie\n"]]);
    const replay = new MemoryReplay();
    keyframe(replay, files);
    const splices = [
      { at: 0, remove: 2, insert: "" },
      { at: 6, remove: 4, insert: "TWO" },
      { at: 16, remove: 0, insert: "end\n" },
    ];
    replay.apply(perform(files, { file: "f", change: "splice", splices }));
    replay.apply(perform(files, { file: "f", change: "append", text: "more\n" }));
    expect(replay.image().files).toEqual({ f: "én TWO drie\nend\nmore\n" });
  });

  test("lists files by name and keeps the store's hash", () => {
    const files = new Map<string, string>();
    const replay = new MemoryReplay();
    const deltas = ["b", "c", "a"].map((name) => perform(files, { file: name, change: "create", text: name }));
    for (const delta of deltas) replay.apply(delta);
    const image = replay.image();
    expect(Object.keys(image.files)).toEqual(["a", "b", "c"]);
    expect(image.storeHash).toBe(deltas[2]?.storeHash);
  });
});

function keyframe(replay: MemoryReplay, files: ReadonlyMap<string, string>): void {
  const hashes = Object.fromEntries([...files].map(([name, content]) => [name, sha256(content)]));
  const texts = new Map([...files.values()].map((content) => [sha256(content), content]));
  replay.keyframe({ files: hashes, storeHash: "" }, (hash) => texts.get(hash) ?? "");
}
