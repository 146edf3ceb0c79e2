import { describe, expect, test } from "vitest";
import type { MemoryDelta } from "../memory/store.ts";
import { KeyframePolicy } from "./keyframes.ts";

function appended(bytes: number): MemoryDelta {
  return { file: "f", change: "append", text: "x".repeat(bytes), before: null, after: null, storeHash: "", bytes };
}

/** Changes of `bytes` each until a keyframe is due. */
function changesUntilDue(policy: KeyframePolicy, bytes: number): number {
  for (let changes = 1; ; changes++) {
    policy.add(appended(bytes));
    if (policy.due) return changes;
  }
}

describe("KeyframePolicy", () => {
  test("waits for 16 KiB at least, however small memory is", () => {
    const policy = new KeyframePolicy();
    expect(policy.due).toBe(false);
    expect(changesUntilDue(policy, 768)).toBe(16);
    policy.written({ files: { f: "small" }, storeHash: "" });
    expect(policy.due).toBe(false);
    expect(changesUntilDue(policy, 768)).toBe(16);
  });

  test("waits until changes outweigh memory, and 256 KiB at most", () => {
    const policy = new KeyframePolicy();
    policy.written({ files: { a: "x".repeat(40 * 1024), b: "ü".repeat(12 * 1024) }, storeHash: "" });
    expect(changesUntilDue(policy, 768)).toBe(64);
    policy.written({ files: { a: "x".repeat(4_000_000) }, storeHash: "" });
    expect(changesUntilDue(policy, 768)).toBe(256);
  });

  test("counts what edits insert and that changes without text cost something too", () => {
    const policy = new KeyframePolicy();
    const splices = [{ at: 0, remove: 9, insert: "y".repeat(16 * 1024) }];
    policy.add({ ...appended(0), change: "splice", splices });
    expect(policy.due).toBe(true);
    expect(changesUntilDue(new KeyframePolicy(), 0)).toBe(64);
  });
});
