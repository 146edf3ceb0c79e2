import { type MemoryDelta, type MemoryStore, memoryFromImage, type Query } from "@metamem/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { files, type MemoryPlace } from "./memory-store-place.ts";
import { ReferenceMemory, type Write } from "./memory-store-reference.ts";

const pieces = [
  "cow",
  "Water",
  "3,0: ",
  "k: ",
  "\n",
  "\n",
  " ",
  "<",
  "|",
  "READ",
  "END",
  ">",
  "é",
  "\ud83d\ude00",
  "\ud800",
  "\r\n",
  "step 3: ",
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(""));
const file = fc.constantFrom("a.txt", "b.txt", "maps/a.txt", "maps", "x/y/z");
const query: fc.Arbitrary<Query> = fc.array(
  fc.array(fc.constantFrom("cow", "WATER", "k: ", "é", "3", "w"), { minLength: 1, maxLength: 2 }),
  {
    minLength: 1,
    maxLength: 2,
  },
);

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ op: fc.constantFrom("append" as const, "write" as const, "create" as const), file, text }),
  fc.record({ op: fc.constant("append" as const), file, text }),
  fc.record({
    op: fc.constant("replace" as const),
    file,
    old: fc.oneof(text, fc.constantFrom("cow", "k: ", "\n", "é")),
    text,
  }),
  fc.record({ op: fc.constant("upsert" as const), file, key: fc.constantFrom("3,0", "k", "a:b"), value: text }),
  fc.record({ op: fc.constant("delete" as const), file, query }),
  fc.record({ op: fc.constant("delete" as const), file }),
);

function perform(store: MemoryStore, change: Write) {
  switch (change.op) {
    case "append":
      return store.append(change.file, change.text);
    case "write":
      return store.write(change.file, change.text);
    case "create":
      return store.create(change.file, change.text);
    case "replace":
      return store.replace(change.file, change.old, change.text);
    case "upsert":
      return store.upsert(change.file, change.key, change.value);
    case "delete":
      return change.query === undefined ? store.delete(change.file) : store.delete(change.file, change.query);
  }
}

export function historySuite(newPlace: () => MemoryPlace): void {
  test("behaves like the reference memory under any sequence of writes", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 30 }), query, (writes, wanted) => {
        const store = newPlace().open();
        const reference = new ReferenceMemory();
        for (const change of writes) {
          expect(perform(store, change).ok, JSON.stringify(change)).toBe(reference.write(change));
          expect(files(store)).toEqual(Object.fromEntries(reference.files));
        }
        const found = store.search("*", wanted);
        expect(found.ok && found.lines.map(({ file: name, line }) => `${name}:${line}`)).toEqual(
          reference.matches(wanted),
        );
        expect(store.count("*", wanted)).toMatchObject({ matches: reference.matches(wanted).length });
        for (const name of reference.files.keys()) {
          const read = store.read(name);
          expect(read.ok && read.lines.map((line) => line.text)).toEqual(reference.lines(name));
          const tail = store.tail(name, 2);
          expect(tail.ok && tail.lines.map((line) => line.text)).toEqual(reference.lines(name).slice(-2));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("deltas rebuild the store exactly: same hash live, replayed from deltas, and opened again", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 25 }), fc.nat(25), (writes, keyframeAt) => {
        const place = newPlace();
        const store = place.open();
        const replayed = newPlace().open();
        const deltas: MemoryDelta[] = [];
        let keyframe = { image: store.image(), after: 0 };
        for (const [index, change] of writes.entries()) {
          const result = perform(store, change);
          if (result.ok && result.delta !== null) deltas.push(JSON.parse(JSON.stringify(result.delta)));
          if (index === keyframeAt) keyframe = { image: store.image(), after: deltas.length };
        }
        for (const delta of deltas) replayed.apply(delta);
        const fromKeyframe = memoryFromImage(keyframe.image);
        for (const delta of deltas.slice(keyframe.after)) fromKeyframe.apply(delta);
        expect(deltas.at(-1)?.storeHash ?? store.hash()).toBe(store.hash());
        for (const other of [replayed, fromKeyframe, place.reopen()]) {
          if (other === null) continue;
          expect(other.hash()).toBe(store.hash());
          expect(other.image()).toEqual(store.image());
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the hash depends on names and contents only, not on the way there", () => {
    const one = newPlace().open();
    const other = newPlace().open();
    one.write("a.txt", "x\ny");
    one.write("b.txt", "z");
    other.append("b.txt", "z");
    other.write("gone.txt", "z");
    other.append("a.txt", "x");
    other.append("a.txt", "y");
    expect(other.hash()).not.toBe(one.hash());
    other.delete("gone.txt");
    expect(other.hash()).toBe(one.hash());
    other.write("c.txt", "");
    expect(other.hash()).not.toBe(one.hash());
  });

  test("an append's delta holds only what was appended, an edit's only what was edited", () => {
    const store = newPlace().open();
    store.write("a.txt", `k: v\n${"line\n".repeat(1000)}`);
    const size = (result: ReturnType<typeof store.append>) => (result.ok ? JSON.stringify(result.delta).length : 0);
    expect(size(store.append("a.txt", "x"))).toBeLessThan(400);
    expect(size(store.upsert("a.txt", "k", "w"))).toBeLessThan(400);
    expect(size(store.replace("a.txt", "k: w", "k: u"))).toBeLessThan(400);
    expect(size(store.delete("a.txt", [["line"]]))).toBeLessThan(400);
  });

  test("a delta that does not fit is an error", () => {
    const store = newPlace().open();
    const first = store.write("a.txt", "x");
    const second = store.append("a.txt", "y");
    if (!first.ok || !second.ok || first.delta === null || second.delta === null) throw new Error("refused");
    const other = newPlace().open();
    expect(() => other.apply(second.delta as MemoryDelta)).toThrow(/differs from the recorded one/);
    expect(() => other.apply({ ...(first.delta as MemoryDelta), text: "z\n" })).toThrow(/another memory/);
    expect(() =>
      newPlace()
        .open()
        .apply({ ...(first.delta as MemoryDelta), file: "../a" }),
    ).toThrow(/no file name/);
  });

  test("a damaged image is an error", () => {
    const store = newPlace().open();
    store.write("a.txt", "x");
    const { storeHash } = store.image();
    expect(memoryFromImage({ files: { "a.txt": "x\n" }, storeHash }).hash()).toBe(storeHash);
    expect(() => memoryFromImage({ files: { "a.txt": "y\n" }, storeHash })).toThrow(/recorded hash/);
    expect(() => memoryFromImage({ files: { "../a.txt": "x\n" } })).toThrow(/no file name/);
  });

  test("a closed store is an error, not a refusal", () => {
    const store = newPlace().open();
    store.close();
    expect(() => store.append("a.txt", "x")).toThrow(/closed/);
    expect(() => store.list()).toThrow(/closed/);
  });
}
