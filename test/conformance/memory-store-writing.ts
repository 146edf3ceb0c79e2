import { expect, test } from "vitest";
import { changed, fault, files, type OpenStore } from "./memory-store-place.ts";

export function writingSuite(open: OpenStore): void {
  test("stores lines that end in one line break, whatever the model wrote", () => {
    const store = open();
    store.write("a.txt", "one\r\ntwo\rthree \n\n");
    store.append("a.txt", " four\n");
    store.create("b.txt", "\ufeffbom \ud800");
    store.write("c.txt", " \n ");
    expect(changed(store.append("d.txt", "\udc00")).delta?.text).toBe("\ufffd\n");
    store.delete("d.txt");
    expect(files(store)).toEqual({ "a.txt": "one\ntwo\nthree\n four\n", "b.txt": "\ufeffbom \ufffd\n", "c.txt": "" });
  });

  test("replaces control characters in everything that is stored, and finds again what it stored", () => {
    const store = open();
    store.write("a.txt", "red \u001b[31m\ttab\u0000\u007f");
    store.append("a.txt", "next\u0085line \u009b2J\u000c");
    expect(changed(store.append("a.txt", "next\u0085line \u009b2J\u000c")).repeat).toBe(true);
    expect(files(store)["a.txt"]).toBe(
      `red \ufffd[31m\ttab\ufffd\ufffd\n${"next\ufffdline \ufffd2J\ufffd\n".repeat(2)}`,
    );
    expect(changed(store.write("b.txt", "\u0007")).delta?.text).toBe("\ufffd\n");
    expect(changed(store.write("b.txt", "\u0007")).delta).toBeNull();
    changed(store.replace("a.txt", "red \u001b[31m", "blue\u0008"));
    changed(store.upsert("b.txt", "k", "v\u001bw"));
    expect(changed(store.upsert("b.txt", "k", "v\u001bw")).delta).toBeNull();
    for (const key of ["k\u001b", "a\u0085b"]) expect(fault(store.upsert("b.txt", key, "x"))).toBe("bad_argument");
    expect(files(store)["b.txt"]).toBe("\ufffd\nk: v\ufffdw\n");
    expect(files(store)["a.txt"]?.startsWith("blue\ufffd\ttab")).toBe(true);
  });

  test("APPEND and WRITE make a missing file and say so; CREATE refuses an existing one", () => {
    const store = open();
    expect(changed(store.append("a.txt", "x"))).toMatchObject({ created: true, lines: 1, delta: { change: "create" } });
    expect(changed(store.append("a.txt", "y"))).toMatchObject({
      created: false,
      lines: 1,
      delta: { change: "append" },
    });
    expect(changed(store.write("b.txt", "x\ny"))).toMatchObject({ created: true, lines: 2 });
    expect(fault(store.create("a.txt", "z"))).toBe("exists");
    expect(fault(store.append("a.txt", " \n"))).toBe("bad_argument");
    expect(files(store)).toEqual({ "a.txt": "x\ny\n", "b.txt": "x\ny\n" });
  });

  test("REPLACE wants exactly one place", () => {
    const store = open();
    store.write("plan.txt", "wood, wood\nstone\niron");
    expect(store.replace("plan.txt", "wood", "gold")).toMatchObject({
      fault: "ambiguous",
      message: expect.stringContaining("lines 1, 1)"),
    });
    expect(fault(store.replace("plan.txt", "Stone", "gold"))).toBe("no_match");
    expect(fault(store.replace("plan.txt", "", "gold"))).toBe("bad_argument");
    expect(changed(store.replace("plan.txt", "stone\niron", "coal"))).toMatchObject({ lines: 2 });
    expect(changed(store.replace("plan.txt", ", wood", ""))).toMatchObject({ lines: 1 });
    expect(files(store)).toEqual({ "plan.txt": "wood\ncoal\n" });
    store.replace("plan.txt", "coal\n", "diamond");
    expect(files(store)).toEqual({ "plan.txt": "wood\ndiamond\n" });
    store.replace("plan.txt", "wood\ndiamond\n", "");
    expect(files(store)).toEqual({ "plan.txt": "" });
  });

  test("DELETE removes the matching lines, or the file and its empty folders", () => {
    const store = open();
    store.write("maps/deep/a.txt", "cow\nlake\nCOW and lake\ntree");
    expect(fault(store.delete("maps/deep/a.txt", [["gold"]]))).toBe("no_match");
    expect(changed(store.delete("maps/deep/a.txt", [["cow"]]))).toMatchObject({ lines: 2 });
    expect(files(store)).toEqual({ "maps/deep/a.txt": "lake\ntree\n" });
    expect(changed(store.delete("maps/deep/a.txt"))).toMatchObject({ lines: 2, delta: { after: null, bytes: 0 } });
    expect(files(store)).toEqual({});
    expect(changed(store.create("maps", "now a file")).created).toBe(true);
  });

  test("UPSERT keeps one line per key, in place", () => {
    const store = open();
    store.write("m.txt", "1,1: tree\n11,1: lake\n1,1:\n1,1:x\n1,1: again");
    expect(changed(store.upsert("m.txt", "1,1", " stone "))).toMatchObject({ lines: 3, created: false });
    expect(files(store)).toEqual({ "m.txt": "1,1: stone\n11,1: lake\n1,1:x\n" });
    expect(changed(store.upsert("m.txt", "2,2", "cow"))).toMatchObject({ lines: 1, delta: { change: "append" } });
    expect(changed(store.upsert("new.txt", "a:b", "c: d"))).toMatchObject({ created: true });
    expect(files(store)["new.txt"]).toBe("a:b: c: d\n");
    expect(changed(store.upsert("new.txt", "a:b", "e")).lines).toBe(1);
    expect(files(store)).toEqual({ "m.txt": "1,1: stone\n11,1: lake\n1,1:x\n2,2: cow\n", "new.txt": "a:b: e\n" });
    for (const key of ["", " a", "a: b", "a:", "a\nb", "x".repeat(201)]) {
      expect(fault(store.upsert("m.txt", key, "x"))).toBe("bad_argument");
    }
    for (const value of ["", " \n", "a\nb", "a\rb"])
      expect(fault(store.upsert("m.txt", "k", value))).toBe("bad_argument");
  });

  test("a write that changes no byte has no delta", () => {
    const store = open();
    store.write("a.txt", "k: v\nx");
    const hash = store.hash();
    expect(changed(store.write("a.txt", "k: v\nx\n\n")).delta).toBeNull();
    expect(changed(store.replace("a.txt", "x", "x")).delta).toBeNull();
    expect(changed(store.upsert("a.txt", "k", "v")).delta).toBeNull();
    expect(store.hash()).toBe(hash);
  });

  test("I-02 no op tag lands in a file, also none that an edit would put together", () => {
    const store = open();
    store.write("a.txt", "x <REA-D> y\nz: <|EN");
    const before = files(store);
    const tags = [
      "<|READ|>",
      "<end>",
      "a\n<| Done |>\nb",
      "</Search>",
      "<|END|}",
      "<|FOO|>",
      "<|serach|>",
      "< |READ|> <END>",
    ];
    for (const text of tags) {
      expect(fault(store.append("a.txt", text))).toBe("op_tag");
      expect(fault(store.write("a.txt", text))).toBe("op_tag");
      expect(fault(store.create("b.txt", text))).toBe("op_tag");
      expect(fault(store.replace("a.txt", "x", text))).toBe("op_tag");
      expect(fault(store.upsert("a.txt", "k", text))).toMatch(/op_tag|bad_argument/);
    }
    expect(fault(store.replace("a.txt", "-", ""))).toBe("op_tag");
    expect(fault(store.replace("a.txt", "EN", "EN\nD|>"))).toBe("none");
    expect(fault(store.replace("a.txt", "\nD", "D"))).toBe("op_tag");
    expect(fault(store.upsert("a.txt", "<|READ", "|>"))).toBe("none");
    expect(fault(store.append("a.txt", "<|im_end|> <think> <b> a < b > c"))).toBe("none");
    expect(files(store)["a.txt"]?.startsWith(before["a.txt"]?.slice(0, 12) ?? "?")).toBe(true);
  });

  test("repeats are found as spec automem §7.3 defines them", () => {
    const store = open();
    store.write("log.txt", "step 3: Saw  a COW\nlake\n\nÉtang  là");
    const appended = (text: string) => changed(store.append("log.txt", text)).repeat;
    expect(appended("STEP 99, later: saw a cow\n\n  Lake ")).toBe(true);
    expect(appended("étang là")).toBe(true);
    expect(appended("lake\ntree")).toBe(false);
    expect(appended("TREE")).toBe(true);
    expect(changed(store.write("log.txt", "x\n Y ")).repeat).toBe(false);
    expect(changed(store.write("log.txt", "X\n\nstep 5: y")).repeat).toBe(true);
    expect(appended("tree")).toBe(false);
    expect(changed(store.upsert("m.txt", "k", "Lake")).repeat).toBe(false);
    expect(changed(store.upsert("m.txt", "k", "lake")).repeat).toBe(true);
    expect(changed(store.upsert("m.txt", "k", "pond")).repeat).toBe(false);
    expect(changed(store.create("c.txt", "lake")).repeat).toBe(false);
  });
}
