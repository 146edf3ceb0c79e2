import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePrometheus, sumOf } from "./prometheus.ts";

describe("parsePrometheus", () => {
  test("names, labels, values; comments and odd lines are left out", () => {
    const page = [
      "# HELP requests_running how many",
      'requests_running{engine="0",model="a\\"b\\\\c"} 3.0',
      'requests_running{engine="1"} 4 1700000000',
      "plain 1e3",
      "inf +Inf",
      "broken{ 7",
      "nothing",
      "text word",
      "",
    ].join("\n");
    expect(parsePrometheus(page)).toEqual([
      { name: "requests_running", labels: { engine: "0", model: 'a"b\\c' }, value: 3 },
      { name: "requests_running", labels: { engine: "1" }, value: 4 },
      { name: "plain", labels: {}, value: 1000 },
      { name: "inf", labels: {}, value: Number.POSITIVE_INFINITY },
    ]);
  });

  test("no page makes it throw", () => {
    fc.assert(fc.property(fc.string(), (page) => Array.isArray(parsePrometheus(page))));
  });
});

describe("sumOf", () => {
  const samples = parsePrometheus('new{e="0"} 1\nnew{e="1"} 2\nold 9');

  test("adds the series of the first name that has any", () => {
    expect(sumOf(samples, ["missing", "new", "old"])).toBe(3);
    expect(sumOf(samples, ["new"], { e: "1" })).toBe(2);
  });

  test("what is not there is unknown, not zero", () => {
    expect(sumOf(samples, ["missing"])).toBeNull();
    expect(sumOf(samples, ["new"], { e: "2" })).toBeNull();
  });
});
