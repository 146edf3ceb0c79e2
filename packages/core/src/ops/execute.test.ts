import { beforeEach, describe, expect, test } from "vitest";
import { memoryFromImage } from "../memory/image-store.ts";
import type { MemoryStore } from "../memory/store.ts";
import { executeOp, type OpContext } from "./execute.ts";
import { parseOps } from "./grammar.ts";
import { formatResults } from "./results.ts";
import { type OpName, opTable } from "./vocabulary.ts";

const allowed: OpName[] = opTable.map((op) => op.name);
const logging: OpContext = { phase: "log", allowed };

let store: MemoryStore;
beforeEach(() => {
  store = memoryFromImage({ files: { "notes.txt": "water: lake\ncow: north\n" } }, { limits: { resultLines: 4 } });
});

/** Runs a whole reply and shows what the model would read. */
function reply(text: string, context: OpContext = logging): string {
  return formatResults(parseOps(text).map((attempt) => executeOp(store, attempt, context).outcome));
}

function outcome(text: string, context: OpContext = logging) {
  const [attempt] = parseOps(text);
  if (attempt === undefined) throw new Error("no op");
  return executeOp(store, attempt, context);
}

describe("order", () => {
  test("I-01 ops take effect in textual order, whatever their type", () => {
    const text =
      "<|WRITE|>a|new<|END|><|READ|>a<|END|><|APPEND|>a|more<|END|><|DELETE|>a<|END|><|CREATE|>a|x<|END|><|WRITE|>a|y<|END|><|READ|>a<|END|>";
    expect(reply(text)).toBe(
      [
        "[WRITE a] created; added 1 line; 1 line now",
        "[READ a] 1 line\nnew",
        "[APPEND a] added 1 line; 2 lines now",
        "[DELETE a] file removed",
        "[CREATE a] created; added 1 line; 1 line now",
        "[WRITE a] content replaced; 1 line now",
        "[READ a] 1 line\ny",
      ].join("\n\n"),
    );
  });

  test("I-03 malformed ops get a result in their place and do not stop the others", () => {
    expect(reply("<|COUNT|>notes.txt<|END|> <|COUNT|>notes.txt|cow<|END|> <|READ|>notes.txt")).toBe(
      [
        "[COUNT] error: no keywords given. Form: <|COUNT|>target|keywords<|END|>",
        "[COUNT notes.txt|cow] 1 matching line",
        "[READ] error: no <|END|> before the end of the reply, so nothing was done. Form: <|READ|>file[|lines]<|END|>",
      ].join("\n\n"),
    );
    expect(outcome("<|REED|>x<|END|>")).toMatchObject({ outcome: { status: "malformed" }, delta: null });
  });
});

describe("permission", () => {
  test("I-13 a write outside of LOG is denied with an error, and nothing changes", () => {
    const hash = store.hash();
    for (const phase of ["consult", "commit"] as const) {
      const { outcome: said, delta } = outcome("<|APPEND|>notes.txt|x<|END|>", { phase, allowed });
      expect(said.status).toBe("denied");
      expect(said.text).toContain(
        "[APPEND notes.txt] error: APPEND is not allowed in this phase; allowed: READ, SEARCH",
      );
      expect(said.text).not.toContain("WRITE,");
      expect(delta).toBeNull();
    }
    expect(store.hash()).toBe(hash);
  });

  test("a scaffold narrows what is allowed", () => {
    const context: OpContext = { phase: "log", allowed: ["READ", "DONE"] };
    expect(outcome("<|SEARCH|>*|cow<|END|>", context).outcome).toMatchObject({
      status: "denied",
      text: "[SEARCH *|cow] error: SEARCH is not allowed in this phase; allowed: READ, DONE",
    });
    expect(outcome("<|DONE|>", context).outcome).toEqual({ status: "ok", text: "" });
    expect(outcome("<|HANDOFF|>", context).outcome.status).toBe("denied");
  });

  test("read-only files are refused to every write and open to every read", () => {
    const context: OpContext = { ...logging, readOnly: new Set(["notes.txt"]) };
    const writes = [
      "APPEND|>notes.txt|x",
      "WRITE|>notes.txt|x",
      "CREATE|>notes.txt|x",
      "REPLACE|>notes.txt|cow|x",
      "UPSERT|>notes.txt|k|v",
      "DELETE|>notes.txt",
      "DELETE|>notes.txt|cow",
    ];
    for (const write of writes) {
      const { outcome: said } = outcome(`<|${write}<|END|>`, context);
      expect(said).toMatchObject({ status: "refused", text: expect.stringContaining("notes.txt is read-only") });
    }
    expect(outcome("<|READ|>notes.txt<|END|>", context).outcome.status).toBe("ok");
    expect(store.image().files["notes.txt"]).toBe("water: lake\ncow: north\n");
  });
});

describe("results", () => {
  test("I-08 a new file is announced, with the existing one it may have meant", () => {
    expect(reply("<|APPEND|>note.txt|x<|END|>")).toBe(
      "[APPEND note.txt] created; added 1 line; 1 line now (there is also notes.txt)",
    );
    expect(reply("<|UPSERT|>inventory.txt|k|v<|END|>")).toBe(
      "[UPSERT inventory.txt|k] created; added 1 line; 1 line now",
    );
    expect(outcome("<|READ|>votes.txt<|END|>").outcome).toEqual({
      status: "not_found",
      text: "[READ votes.txt] error: there is no file votes.txt; nearest is notes.txt. Form: <|READ|>file[|lines]<|END|>",
    });
  });

  test("I-15 no name ends an episode: it is an error result", () => {
    for (const name of [".", "x".repeat(300), "a\0b", "../x", "/"]) {
      expect(outcome(`<|APPEND|>${name}|x<|END|>`).outcome.status).toBe("refused");
      expect(reply(`<|APPEND|>${name}|x<|END|>`)).not.toContain("\n");
    }
  });

  test("I-16 what does not fit is cut visibly, with the way to the rest", () => {
    store.write("log.txt", Array.from({ length: 10 }, (_value, index) => `step ${index + 1}`).join("\n"));
    expect(reply("<|READ|>log.txt<|END|>")).toBe(
      "[READ log.txt] lines 1-4 of 10\nstep 1\nstep 2\nstep 3\nstep 4\n[cut: go on with <|READ|>log.txt|5-8<|END|>]",
    );
    expect(reply("<|READ|>log.txt|5-8<|END|>")).toBe(
      "[READ log.txt|5-8] lines 5-8 of 10\nstep 5\nstep 6\nstep 7\nstep 8",
    );
    expect(reply("<|READ|>log.txt|5-<|END|>")).toContain("[cut: go on with <|READ|>log.txt|9-10<|END|>]");
    expect(reply("<|SEARCH|>log.txt|step<|END|>")).toBe(
      "[SEARCH log.txt|step] 10 matching lines, the last 4\nlog.txt:7: step 7\nlog.txt:8: step 8\nlog.txt:9: step 9\nlog.txt:10: step 10\n[cut: narrow it down with AND, or search fewer files]",
    );
    expect(reply("<|TAIL|>log.txt|2<|END|>")).toBe("[TAIL log.txt|2] lines 9-10 of 10\nstep 9\nstep 10");
    expect(reply("<|TAIL|>log.txt|5<|END|>")).toContain("error: the number of lines must be 1 to 4");
    expect(outcome("<|SEARCH|>log.txt|step<|END|>").outcome.matches).toBe(10);
  });

  test("I-16 TAIL cut by bytes names the lines before", () => {
    store = memoryFromImage({ files: { "a.txt": "12345678\n".repeat(9) } }, { limits: { resultBytes: 40 } });
    expect(reply("<|TAIL|>a.txt|6<|END|>")).toBe(
      "[TAIL a.txt|6] lines 6-9 of 9\n12345678\n12345678\n12345678\n12345678\n[cut: the lines before are <|READ|>a.txt|4-5<|END|>]",
    );
  });

  test("I-16 all results of a reply together are bounded", () => {
    store = memoryFromImage({ files: { "a.txt": `${"x".repeat(99)}\n`.repeat(100) } });
    const text = reply("<|READ|>a.txt<|END|>".repeat(20) + "<|READ|>".repeat(5000));
    expect(text.length).toBeLessThan(80_000);
    expect(text).toContain("[READ a.txt] 100 lines\n[cut: too much for one reply; ask for less at a time]");
    expect(text).toMatch(/\[cut: \d+ more results; give fewer ops in one reply\]$/);
  });

  test("I-17 LIST shows how much there is to read", () => {
    store.write("maps/a.txt", "x");
    expect(reply("<|LIST|><|END|>")).toBe("[LIST] 2 files\nmaps/a.txt: 1 line, 2 bytes\nnotes.txt: 2 lines, 23 bytes");
    for (const name of ["b", "c", "d"]) store.create(name, "");
    expect(reply("<|LIST|><|END|>")).toMatch(/^\[LIST\] 5 files\n(.*\n){4}\[cut: 1 more; LIST one folder\]$/);
    expect(reply("<|LIST|>maps/<|END|>")).toBe("[LIST maps/] 1 file\nmaps/a.txt: 1 line, 2 bytes");
  });

  test("I-18 lines can be found across files, edited and removed", () => {
    store.write("log.txt", "cow seen");
    expect(reply("<|SEARCH|>*|cow<|END|>")).toBe(
      "[SEARCH *|cow] 2 matching lines\nlog.txt:1: cow seen\nnotes.txt:2: cow: north",
    );
    expect(
      reply(
        "<|REPLACE|>notes.txt|north|south<|END|><|DELETE|>notes.txt|water AND lake<|END|><|UPSERT|>notes.txt|cow|gone<|END|>",
      ),
    ).toBe(
      [
        "[REPLACE notes.txt] replaced 1 line; 2 lines now",
        "[DELETE notes.txt|water AND lake] removed 1 line; 1 line now",
        "[UPSERT notes.txt|cow] replaced 1 line; 1 line now",
      ].join("\n\n"),
    );
    expect(store.image().files["notes.txt"]).toBe("cow: gone\n");
  });

  test("repeats are marked, also CREATE of an existing file", () => {
    expect(outcome("<|APPEND|>notes.txt|Water: LAKE<|END|>").outcome).toMatchObject({
      repeat: true,
      text: "[APPEND notes.txt] added 1 line; 3 lines now (already there)",
    });
    expect(outcome("<|CREATE|>notes.txt|x<|END|>").outcome).toMatchObject({ status: "refused", repeat: true });
    expect(outcome("<|WRITE|>a.txt|x<|END|>").outcome.repeat).toBe(false);
    expect(reply("<|WRITE|>a.txt|x<|END|>")).toBe("[WRITE a.txt] unchanged; 1 line now (already there)");
  });

  test("I-02 a payload with an op tag is refused", () => {
    expect(outcome("<|APPEND|>notes.txt|use </SEARCH> now<|END|>").outcome).toMatchObject({ status: "refused" });
    expect(store.image().files["notes.txt"]).toBe("water: lake\ncow: north\n");
  });

  test("headers are one bounded line", () => {
    const [head = ""] = reply(`<|SEARCH|>*|${"long ".repeat(30)}<|END|>`).split("\n");
    expect(head.length).toBeLessThan(150);
    expect(reply("<|READ|>a\nb<|END|>")).toMatch(/^\[READ a b\] error: "a\\nb" is no file name/);
  });
});
