import { memoryFromImage, type NewEvent, type TraceEvent } from "@metamem/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalLines, SimilarLines } from "./similar-lines.ts";
import { TraceRatesPass } from "./trace-rates.ts";

const moves = new Map<string, readonly [number, number]>([
  ["west", [-1, 0]],
  ["east", [1, 0]],
  ["north", [0, -1]],
]);

/** An episode of actions and writes, as its trace has them. */
class Episode {
  private readonly store = memoryFromImage({ files: {} });
  private readonly pass = new TraceRatesPass(moves, () => "");
  private ops = 0;

  private add(event: Record<string, unknown>): void {
    this.pass.add({ seq: 0, step: 0, ...event } as unknown as TraceEvent & NewEvent);
  }

  act(...actions: readonly string[]): this {
    for (const executed of actions) this.add({ kind: "action", executed });
    return this;
  }

  append(text: string, origin: "model" | "scaffold" = "model"): this {
    const changed = this.store.append("notes.txt", text);
    if (!changed.ok) throw new Error(changed.fault);
    this.ops += 1;
    const opId = `op${this.ops}`;
    this.add({ kind: "op", opId, origin, name: "APPEND", status: "ok", repeat: changed.repeat });
    if (changed.delta !== null) this.add({ kind: "mem", opId, delta: changed.delta });
    return this;
  }

  get rates() {
    return this.pass.result();
  }
}

describe("oscillation among the last ten actions", () => {
  const wobble = ["west", "east", "west", "east"];

  test("needs three reversals, counted from the step after them", () => {
    expect(new Episode().act(...wobble).rates.rates.oscillatingActions).toMatchObject({ count: 0, of: 3 });
    expect(new Episode().act(...wobble, "rest").rates.rates.oscillatingActions).toMatchObject({ count: 1, of: 4 });
    expect(
      new Episode().act("west", "east", "north", "west", "east", "rest").rates.rates.oscillatingActions.count,
    ).toBe(0);
  });

  test("forgets what lies more than ten actions back, movements or not", () => {
    const rests = Array.from({ length: 12 }, () => "rest");
    expect(new Episode().act(...wobble, ...rests).rates.rates.oscillatingActions.count).toBe(7);
  });
});

describe("writes", () => {
  test("that nearly stand there count as loose repeats, exact ones too, new ones not", () => {
    const { rates, growthByFile } = new Episode()
      .act("rest")
      .append("there is a large tree three steps to the north of the table\n")
      .append("there is a large tree three steps to the north of the table.\n")
      .append("there is a large tree three steps to the north of the table\n")
      .append("a cow lives to the west\n").rates;
    expect(rates.repeatWriteLoose).toMatchObject({ count: 2, of: 4 });
    expect(rates.memoryGrowthModel.count).toBe(growthByFile["notes.txt"]);
  });

  test("of the scaffold grow the file, but are not the model's", () => {
    const { rates, growthByFile } = new Episode().act("rest", "rest").append("ä\n").append("12345\n", "scaffold").rates;
    expect(growthByFile).toEqual({ "notes.txt": 8 });
    expect(rates.memoryGrowthModel).toEqual({ count: 2, of: 2, rate: 1 });
    expect(rates.repeatWriteLoose.of).toBe(1);
  });
});

describe("similar lines", () => {
  const similar = new SimilarLines();

  test("a line is like itself, in any company", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (line, others) => similar.among(line, [...others, line])),
    );
  });

  test("likeness has no direction", () => {
    const word = fc.stringMatching(/^[ab]{0,8}$/);
    fc.assert(fc.property(word, word, (a, b) => similar.among(a, [b]) === similar.among(b, [a])));
  });

  test("lines are taken without case, blanks and step numbers", () => {
    expect(normalLines("Step 12: A  Cow\n\n a cow\nb")).toEqual(new Set(["a cow", "b"]));
  });
});
