import fc from "fast-check";
import { expect, test } from "vitest";
import { changed, fault, files, type OpenStore } from "./memory-store-place.ts";

const badNames = [
  "", ".", "..", "../a.txt", "a/../b.txt", "/etc/passwd", "a//b", "a/", "/", "a\\b", "c:", "c:/a", "a\0b", "a b", " a", "a\n",
  "A.txt", "Maps/a.txt", "é.txt", "a%2fb", "~a", "a*", "*", ".hidden", "a/.hidden", "a.", "a/b/c/d.txt",
  "x".repeat(65), `${"x".repeat(64)}/${"x".repeat(65)}`, "con", "nul.txt", "a/com1", "lpt9.log", "__proto__", "..%2f", "a\u202eb",
]; // biome-ignore format: a list to read at a glance

export function boundsSuite(open: OpenStore): void {
  test.each(badNames)("I-14, I-15 the name %j is refused by every op and changes nothing", (name) => {
    const store = open();
    store.write("a.txt", "x");
    const hash = store.hash();
    const results = [
      store.read(name),
      store.tail(name, 1),
      store.append(name, "x"),
      store.write(name, "x"),
      store.create(name, "x"),
      store.replace(name, "x", "y"),
      store.delete(name),
      store.delete(name, [["x"]]),
      store.upsert(name, "k", "v"),
    ];
    expect(results.map(fault)).toEqual(results.map(() => "bad_name"));
    for (const result of results) expect("message" in result && result.message.includes("\n")).toBe(false);
    expect(store.hash()).toBe(hash);
  });

  test("I-14 names are kept as they are: nothing is cut out of them, folders stay apart", () => {
    const store = open();
    for (const name of ["a..txt", "maps/l1.txt", "l1.txt", "-", "_a", "0/0/0", "x".repeat(64), "constructor"]) {
      expect(changed(store.create(name, name)).created).toBe(true);
      expect(files(store)[name]).toBe(`${name}\n`);
    }
  });

  test("any text as a name or target is either used or refused, never thrown on", () => {
    const store = open();
    store.write("maps/a.txt", "x");
    const name = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z./*\\ -]{0,12}$/));
    fc.assert(
      fc.property(name, (text) => {
        for (const result of [store.read(text), store.search(text, [["x"]]), store.list(text), store.delete(text)]) {
          if (!result.ok) expect(["bad_name", "not_found"]).toContain(result.fault);
        }
        if (files(store)["maps/a.txt"] === undefined) store.write("maps/a.txt", "x");
      }),
    );
  });

  test("a file is no folder and a folder no file", () => {
    const store = open();
    store.write("maps/a.txt", "x");
    store.write("log", "x");
    for (const name of ["maps", "log/a.txt", "maps/a.txt/b"]) expect(fault(store.create(name, "x"))).toBe("bad_name");
    expect(Object.keys(files(store))).toEqual(["log", "maps/a.txt"]);
  });

  test("I-16 sizes and numbers are limited; shrinking always works", () => {
    const store = open({ fileBytes: 10, totalBytes: 15, files: 3 });
    expect(fault(store.append("a.txt", "0123456789"))).toBe("over_limit");
    expect(fault(store.append("a.txt", "0123456é"))).toBe("none");
    expect(fault(store.append("a.txt", ""))).toBe("bad_argument");
    expect(fault(store.append("a.txt", "x"))).toBe("over_limit");
    expect(fault(store.replace("a.txt", "0", "00"))).toBe("over_limit");
    expect(fault(store.write("b.txt", "01234"))).toBe("over_limit");
    expect(fault(store.write("b.txt", "0123"))).toBe("none");
    expect(fault(store.upsert("b.txt", "k", "v"))).toBe("over_limit");
    expect(fault(store.write("a.txt", "0"))).toBe("none");
    expect(fault(store.create("c.txt", ""))).toBe("none");
    expect(fault(store.create("d.txt", ""))).toBe("over_limit");
    expect(fault(store.upsert("d.txt", "k", "v"))).toBe("over_limit");
    expect(fault(store.delete("c.txt"))).toBe("none");
    expect(fault(store.create("d.txt", ""))).toBe("none");
    expect(files(store)).toEqual({ "a.txt": "0\n", "b.txt": "0123\n", "d.txt": "" });
  });

  test("I-16 the total counts a growing file once", () => {
    const store = open({ fileBytes: 10, totalBytes: 10 });
    store.write("a.txt", "0123");
    expect(fault(store.append("a.txt", "456"))).toBe("none");
    expect(fault(store.write("a.txt", "012345678"))).toBe("none");
    expect(fault(store.create("b.txt", "x"))).toBe("over_limit");
  });

  test("I-16 results keep the first lines of READ and the last of TAIL and SEARCH, and say that they are cut", () => {
    const store = open({ resultLines: 3 });
    store.write("a.txt", "1x\n2x\n3x\n4x\n5x");
    store.write("b.txt", "6x");
    const shown = (result: ReturnType<typeof store.read>) =>
      result.ok ? [result.lines.map((line) => line.text).join(""), result.total, result.truncated] : result.fault;
    expect(shown(store.read("a.txt"))).toEqual(["1x2x3x", 5, true]);
    expect(shown(store.read("a.txt", { from: 2, to: 3 }))).toEqual(["2x3x", 2, false]);
    expect(shown(store.tail("a.txt", 3))).toEqual(["3x4x5x", 3, false]);
    expect(shown(store.search("*", [["x"]]))).toEqual(["4x5x6x", 6, true]);
    expect(shown(store.search("*", [["3"], ["6"]]))).toEqual(["3x6x", 2, false]);
  });

  test("I-16 results are bounded in bytes; long lines are cut between characters, visibly", () => {
    const store = open({ resultBytes: 404 });
    store.write("a.txt", Array.from({ length: 50 }, (_value, index) => `${index} ${"é".repeat(20)}`).join("\n"));
    store.write("long.txt", "é".repeat(1000));
    const bytes = (result: ReturnType<typeof store.read>) =>
      result.ok ? Buffer.byteLength(result.lines.map((line) => `${line.text}\n`).join("")) : -1;
    for (const result of [store.read("a.txt"), store.tail("a.txt", 50), store.search("a.txt", [["é"]])]) {
      expect(result).toMatchObject({ total: 50, truncated: true });
      expect(bytes(result)).toBeGreaterThan(200);
      expect(bytes(result)).toBeLessThanOrEqual(404);
    }
    expect(store.tail("a.txt", 50)).toMatchObject({
      lines: expect.arrayContaining([{ file: "a.txt", line: 50, text: `49 ${"é".repeat(20)}` }]),
    });
    const found = store.search("a.txt", [["é"]]);
    const labels = found.ok ? found.lines.map(({ file, line }) => `${file}:${line}: `).join("") : "";
    expect(bytes(found) + labels.length).toBeLessThanOrEqual(404);
    expect(store.read("long.txt")).toMatchObject({
      total: 1,
      truncated: true,
      lines: [{ text: `${"é".repeat(50)} [... 1900 bytes cut]` }],
    });
  });
}
