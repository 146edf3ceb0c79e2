import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { parseOps, renderOp } from "./grammar.ts";
import { opForm, opTable } from "./vocabulary.ts";

/** Attempts as short texts: `READ {"file":"a"}`, or `READ unclosed`. */
function attempts(text: string, cut = false): string[] {
  return parseOps(text, { cut }).map((attempt) =>
    attempt.ok ? `${attempt.name} ${JSON.stringify(attempt.args)}` : `${attempt.name} ${attempt.reason}`,
  );
}

const readNotes = 'READ {"file":"notes.txt"}';

describe("tolerated variants", () => {
  test.each([
    "<|READ|>notes.txt<|END|>",
    "<READ>notes.txt<END>",
    "<|READ>notes.txt<END|>",
    "<READ|>notes.txt<|END>",
    "<|read|>notes.txt<|End|>",
    "<| READ |> notes.txt <|\tEND |>",
    "<|READ|>notes.txt<|END|}",
    "<READ>notes.txt<END}",
    "<READ>notes.txt</READ>",
    "<|READ|>\nnotes.txt\n<|/read|>",
    "before <|READ|>notes.txt<|END|> after",
    "<|END|> <|READ|>notes.txt<|END|><|END|>",
  ])("%j", (text) => {
    expect(attempts(text)).toEqual([readNotes]);
  });

  test("I-04 no op depends on letter case", () => {
    for (const op of opTable.filter((each) => !each.bare)) {
      const form = opForm(op);
      const names = (text: string) => parseOps(text).map((attempt) => attempt.name);
      expect(names(form.toLowerCase())).toEqual([op.name]);
      expect(names(form.replace(/[A-Z]/, (letter) => letter.toLowerCase()))).toEqual([op.name]);
    }
  });

  test("bare ops need no end, and swallow one", () => {
    expect(attempts("<|DONE|>")).toEqual(["DONE {}"]);
    expect(attempts("<|DONE|><|END|> <done>\n<end> <|HANDOFF|>")).toEqual(["DONE {}", "DONE {}", "HANDOFF {}"]);
  });

  test("an action as in XML", () => {
    expect(attempts("<ACTION>move_left</ACTION>")).toEqual(['ACTION {"action":"move_left"}']);
  });

  test("special tokens of models and other tags are plain text", () => {
    const text =
      "<|im_end|><|im_start|>assistant <|endoftext|> <think>x</think> <FOO> </FOO> <|READ|} <READ} <div> a<b>c <|end_of_turn|> <|user|>";
    expect(attempts(text)).toEqual([]);
    expect(attempts(`<|READ|>notes.txt<|END|><|im_end|>`)).toEqual([readNotes]);
  });
});

describe("what is not an op", () => {
  test("I-02 an unclosed op never swallows the next one", () => {
    expect(attempts("<|APPEND|>log.txt|cow <|READ|>notes.txt<|END|>")).toEqual(["APPEND unclosed", readNotes]);
    expect(attempts("<|APPEND|>log.txt|cow <|DONE|>")).toEqual(["APPEND unclosed", "DONE {}"]);
    expect(attempts("<|READ|>a <|FOO|>b<|END|>")).toEqual(["READ unclosed", "FOO unknown_op"]);
    expect(attempts("<|READ|>a</SEARCH> <|READ|>notes.txt<|END|>")).toEqual(["READ unclosed", readNotes]);
  });

  test("I-31 the end of the reply does not close an op; a cut reply says that it was cut", () => {
    expect(attempts("<|READ|>notes.txt<|END|><|APPEND|>log.txt|co", true)).toEqual([readNotes, "APPEND unclosed"]);
    expect(parseOps("<|READ|>notes.txt", { cut: true })[0]).toMatchObject({
      message: expect.stringContaining("cut at its output limit"),
    });
    expect(parseOps("<|READ|>notes.txt")[0]).toMatchObject({ message: expect.stringContaining("end of the reply") });
  });

  test("I-03 every malformed attempt names what is wrong and the expected form", () => {
    const wrong: Record<string, string> = {
      "<|READ|><|END|>": "no file given. Form: <|READ|>file[|lines]<|END|>",
      "<|READ|>f|x-y<|END|>": 'lines "x-y" is not a range like 12, 3-9 or 80-. Form: <|READ|>file[|lines]<|END|>',
      "<|READ|>f|9-3<|END|>": 'lines "9-3" is not a range like 12, 3-9 or 80-. Form: <|READ|>file[|lines]<|END|>',
      "<|SEARCH|>f<|END|>": "no keywords given. Form: <|SEARCH|>target|keywords<|END|>",
      "<|SEARCH|>f|a OR <|END|>": "a keyword is missing. Form: <|SEARCH|>target|keywords<|END|>",
      "<|APPEND|>f| \n <|END|>": "no text given. Form: <|APPEND|>file|text<|END|>",
      "<|WRITE|>f<|END|>": "no text given. Form: <|WRITE|>file|text<|END|>",
      "<|REPLACE|>f|old<|END|>": "no new given. Form: <|REPLACE|>file|old|new<|END|>",
      "<|UPSERT|>f|a: b|v<|END|>":
        'the key "a: b" must not hold ": " nor end with ":". Form: <|UPSERT|>file|key|value<|END|>',
      "<|DELETE|>f|<|END|>": "no keywords given. Form: <|DELETE|>file[|keywords]<|END|>",
      "<|ACTION|> <|END|>": "no action given. Form: <|ACTION|>action<|END|>",
      "<|REED|>f<|END|>": "there is no op REED; nearest is READ. Form: <|READ|>file[|lines]<|END|>",
      "<|serach|>f<|END|>": "there is no op SERACH; nearest is SEARCH. Form: <|SEARCH|>target|keywords<|END|>",
      "<|UPSERT_MAP|>1,2|x<|END|>": `there is no op UPSERT_MAP; ops are ${opTable.map((op) => op.name).join(", ")}`,
    };
    for (const [text, message] of Object.entries(wrong)) expect(parseOps(text)).toMatchObject([{ ok: false, message }]);
  });

  test.each(["0", "-3", "1.5", "many", "+2", "", "99999999999"])("I-06 TAIL takes no count of %j", (count) => {
    expect(attempts(`<|TAIL|>f|${count}<|END|>`)[0]).toMatch(/^TAIL (bad|missing)_argument$/);
  });

  test("places cover the whole attempt", () => {
    const text = "ab <|READ|>x<|END|> <|APPEND|>y <|DONE|> <|FOO|>";
    expect(parseOps(text).map(({ offset, end }) => text.slice(offset, end))).toEqual([
      "<|READ|>x<|END|>",
      "<|APPEND|>y ",
      "<|DONE|>",
      "<|FOO|>",
    ]);
  });
});

describe("arguments", () => {
  test("I-05 CREATE takes content beside the name", () => {
    expect(attempts("<|CREATE|>f.txt|text|more<|END|>")).toEqual(['CREATE {"file":"f.txt","text":"text|more"}']);
    expect(attempts("<|CREATE|>f.txt<|END|>")).toEqual(['CREATE {"file":"f.txt"}']);
    expect(attempts("<|CREATE|>f.txt|<|END|>")).toEqual(['CREATE {"file":"f.txt","text":""}']);
  });

  test("I-07 pipes and backslashes can be written: escaped before the last argument, as they are in it", () => {
    expect(attempts(String.raw`<|UPSERT|>f|a\|b\\|c\|d\\|e<|END|>`)).toEqual([
      String.raw`UPSERT {"file":"f","key":"a|b\\","value":"c\\|d\\\\|e"}`,
    ]);
    expect(attempts(String.raw`<|REPLACE|>f|a\nb|c<|END|>`)).toEqual([
      String.raw`REPLACE {"file":"f","old":"a\\nb","new":"c"}`,
    ]);
    expect(attempts("<|SEARCH|>*|a|b<|END|>")).toEqual(['SEARCH {"target":"*","keywords":"a|b"}']);
  });

  test("a text may start on its own line and loses what is blank at its end", () => {
    expect(attempts("<|APPEND|> f |\n\n a \r\nb \n\n<|END|>")).toEqual(['APPEND {"file":"f","text":"\\n a \\nb"}']);
    expect(attempts("<|WRITE|>f|<|END|>")).toEqual(['WRITE {"file":"f","text":""}']);
    expect(attempts("<|REPLACE|>f|\n a \n|\n b \n<|END|>")).toEqual(['REPLACE {"file":"f","old":" a ","new":" b"}']);
  });

  test("optional arguments may be left out", () => {
    expect(attempts("<|LIST|><|END|><|LIST|>maps/<|END|>")).toEqual(["LIST {}", 'LIST {"folder":"maps/"}']);
    expect(attempts("<|READ|>f|3-9<|END|><|READ|>f| 80- <|END|><|READ|>f|7<|END|>")).toEqual([
      'READ {"file":"f","lines":"3-9"}',
      'READ {"file":"f","lines":"80-"}',
      'READ {"file":"f","lines":"7"}',
    ]);
  });
});

describe("renderOp", () => {
  test("writes the canonical form", () => {
    expect(renderOp("READ", { file: "a.txt" })).toBe("<|READ|>a.txt<|END|>");
    expect(renderOp("DONE", {})).toBe("<|DONE|>");
    expect(renderOp("APPEND", { file: "a", text: "x\ny" })).toBe("<|APPEND|>a|\nx\ny\n<|END|>");
    expect(renderOp("REPLACE", { file: "a", old: "x|\n", new: "" })).toBe("<|REPLACE|>a|\nx\\|\n\n|<|END|>");
  });

  test("refuses what no body can carry", () => {
    const wrong = [
      () => renderOp("APPEND", { file: "a" }),
      () => renderOp("APPEND", { file: "a", text: "x <|END|> y" }),
      () => renderOp("APPEND", { file: "a", text: "x " }),
      () => renderOp("READ", { file: " a" }),
      () => renderOp("READ", { file: "a", range: "1-2" }),
      () => renderOp("TAIL", { file: "a", count: "0" }),
      () => renderOp("DONE", { file: "a" }),
    ];
    for (const render of wrong) expect(render).toThrow(UsageError);
  });
});
