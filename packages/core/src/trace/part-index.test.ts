import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PartIndex, partEntryBytes } from "./part-index.ts";

function digest(value: number): Buffer {
  return new Bun.CryptoHasher("sha256").update(String(value)).digest();
}

/** An index of `count` texts of ten bytes, and its file. */
function filled(count: number): { index: PartIndex; file: Buffer } {
  const index = new PartIndex();
  const entries = Array.from({ length: count }, (_none, at) => {
    const added = index.add(digest(at), {
      offset: at * 10,
      kind: at % 7 === 0 ? "list" : "text",
      stored: 10,
      bytes: 10 + at,
    });
    expect(added.number).toBe(at);
    return Buffer.from(added.bytes);
  });
  return { index, file: Buffer.concat(entries) };
}

describe("PartIndex", () => {
  test("finds what was added, and nothing else, at any size", () => {
    for (const count of [0, 1, 63, 64, 65, 5000]) {
      const { index } = filled(count);
      expect(index.count).toBe(count);
      for (let at = 0; at < count; at++) expect(index.find(digest(at))).toBe(at);
      for (let at = count; at < count + 200; at++) expect(index.find(digest(at))).toBe(-1);
    }
  });

  test("is the same when read from its file, at any complete length", () => {
    const { index, file } = filled(300);
    fc.assert(
      fc.property(fc.nat(file.length), (length) => {
        const count = Math.floor(length / partEntryBytes);
        for (const read of [new PartIndex(file.subarray(0, length)), index.head(count)]) {
          expect(read.count).toBe(count);
          for (const at of [0, count >> 1, count - 1].filter((number) => number >= 0 && number < count)) {
            expect(read.entry(at)).toEqual(index.entry(at));
            expect(read.find(digest(at))).toBe(at);
          }
          expect(read.find(digest(count))).toBe(-1);
        }
      }),
    );
  });

  test("tells digests apart that begin alike", () => {
    const index = new PartIndex();
    const alike = Array.from({ length: 100 }, (_none, at) => Buffer.concat([Buffer.alloc(31, 5), Buffer.from([at])]));
    for (const [at, one] of alike.entries()) index.add(one, { offset: at, kind: "text", stored: 1, bytes: 1 });
    expect(alike.map((one) => index.find(one))).toEqual(alike.map((_one, at) => at));
  });

  test("keeps offsets beyond four gigabytes", () => {
    const index = new PartIndex();
    const entry = { offset: 2 ** 40 + 5, kind: "text", stored: 2 ** 32 - 1, bytes: 7 } as const;
    index.add(digest(1), entry);
    expect(index.entry(0)).toEqual(entry);
  });

  test("finds nothing by something that is no digest", () => {
    expect(filled(3).index.find(Buffer.from("abc"))).toBe(-1);
  });
});
