import { expect, test } from "vitest";
import { fault, files, type OpenStore } from "./memory-store-place.ts";

const log = Array.from({ length: 12 }, (_value, index) => `step ${index + 1}: ${index % 2 === 0 ? "Cow" : "lake"}`);

export function readingSuite(open: OpenStore): void {
  test("shows a file, a range of it, or its end", () => {
    const store = open();
    store.write("log.txt", log.join("\n"));
    expect(store.read("log.txt")).toMatchObject({ total: 12, truncated: false });
    expect(store.read("log.txt", { from: 3, to: 4 })).toEqual({
      ok: true,
      lines: [
        { file: "log.txt", line: 3, text: "step 3: Cow" },
        { file: "log.txt", line: 4, text: "step 4: lake" },
      ],
      total: 2,
      truncated: false,
    });
    const lastTwo = { total: 2, lines: [{ line: 11 }, { line: 12 }] };
    expect(store.read("log.txt", { from: 11, to: 99 })).toMatchObject(lastTwo);
    expect(store.tail("log.txt", 2)).toMatchObject(lastTwo);
    expect(store.tail("log.txt", 40)).toMatchObject({ total: 12 });
  });

  test("an empty file reads as no lines", () => {
    const store = open();
    store.create("empty.txt", "");
    expect(store.read("empty.txt")).toMatchObject({ ok: true, lines: [], total: 0, truncated: false });
    expect(store.tail("empty.txt", 3)).toMatchObject({ ok: true, lines: [], total: 0 });
    expect(store.search("empty.txt", [["x"]])).toMatchObject({ ok: true, lines: [], total: 0 });
    expect(store.list()).toMatchObject({ files: [{ name: "empty.txt", bytes: 0, lines: 0 }] });
  });

  test("I-06 TAIL of none or too many lines, and ranges outside of the file, are refused", () => {
    const store = open({ resultLines: 10 });
    store.write("log.txt", log.join("\n"));
    for (const count of [0, -1, 11, 1.5, Number.NaN]) expect(fault(store.tail("log.txt", count))).toBe("bad_argument");
    for (const [from, to] of [
      [0, 3],
      [3, 2],
      [13, 14],
      [1.5, 2],
    ] as const) {
      expect(fault(store.read("log.txt", { from, to }))).toBe("bad_argument");
    }
  });

  test("I-18 searches one file, a folder or all, with several keywords, and numbers the lines", () => {
    const store = open();
    store.write("log.txt", log.join("\n"));
    store.write("maps/a.txt", "a cow by the lake");
    store.write("maps/deep/b.txt", "nothing\nLAKE");
    const hits = (target: string, query: string[][]) => {
      const found = store.search(target, query);
      return found.ok ? found.lines.map(({ file, line }) => `${file}:${line}`) : found.fault;
    };
    expect(hits("*", [["cow", "lake"]])).toEqual(["maps/a.txt:1"]);
    expect(hits("maps/", [["lake"]])).toEqual(["maps/a.txt:1", "maps/deep/b.txt:2"]);
    expect(hits("maps", [["nothing"], ["by the"]])).toEqual(["maps/a.txt:1", "maps/deep/b.txt:1"]);
    expect(hits("log.txt", [["step 1:"], ["12"]])).toEqual(["log.txt:1", "log.txt:12"]);
    expect(hits("log.txt", [["gold"]])).toEqual([]);
    expect(hits("log.txt/", [["cow"]])).toBe("not_found");
    expect(hits("gone.txt", [["cow"]])).toBe("not_found");
    expect(store.count("*", [["lake"]])).toEqual({ ok: true, matches: 8 });
  });

  test("queries that cannot be searched for are refused", () => {
    const store = open();
    for (const query of [[], [[]], [[""]], [["a\nb"]], [["x".repeat(201)]], [Array<string>(17).fill("x")]]) {
      expect(fault(store.search("*", query))).toBe("bad_argument");
      expect(fault(store.count("*", query))).toBe("bad_argument");
    }
  });

  test("I-17 lists files in order of their names, with lines, bytes and hashes", () => {
    const store = open();
    for (const name of ["b.txt", "a/z.txt", "a.txt", "a/b/c.txt"]) store.write(name, "one\ntwo é");
    const names = (target?: string) => {
      const listing = store.list(target);
      return listing.ok ? listing.files.map((file) => file.name) : listing.fault;
    };
    expect(names()).toEqual(["a.txt", "a/b/c.txt", "a/z.txt", "b.txt"]);
    expect(names("a/")).toEqual(["a/b/c.txt", "a/z.txt"]);
    expect(names("b.txt")).toEqual(["b.txt"]);
    expect(names("c/")).toBe("not_found");
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(store.list("b.txt")).toMatchObject({ files: [{ name: "b.txt", lines: 2, bytes: 11, hash }] });
  });

  test("a missing file is refused by every read, with the nearest name", () => {
    const store = open();
    store.write("notes.txt", "x");
    const results = [store.read("note.txt"), store.tail("note.txt", 1), store.search("note.txt", [["x"]])];
    for (const result of [
      ...results,
      store.count("note.txt", [["x"]]),
      store.list("note.txt"),
      store.delete("note.txt"),
    ]) {
      expect(result).toMatchObject({ fault: "not_found", message: expect.stringContaining("nearest is notes.txt") });
    }
    expect(files(store)).toEqual({ "notes.txt": "x\n" });
  });
}
