import { describe, expect, test } from "vitest";
import { doneOf, progressText } from "./progress.ts";

describe("doneOf", () => {
  test("reads make's percentages and ninja's counts", () => {
    expect(doneOf("[ 42%] Building CXX object world.cc.o")).toBe(0.42);
    expect(doneOf("[100%] Built target metamem")).toBe(1);
    expect(doneOf("[3/12] Building CXX object world.cc.o")).toBe(0.25);
  });

  test("ignores every other line", () => {
    for (const line of ["-- Configuring done", "warning: [ 42%] inside", "[0/0] Re-running CMake...", ""]) {
      expect(doneOf(line)).toBeUndefined();
    }
  });
});

describe("progressText", () => {
  test("shows bar, percentage, elapsed and remaining time", () => {
    const text = progressText("building", 0.25, 3000);
    expect(text).toContain(`[${"#".repeat(6)}${"-".repeat(18)}] 25%`);
    expect(text).toContain("3.0 s, about 9.0 s left");
  });

  test("promises nothing before the first and after the last report", () => {
    expect(progressText("building", 0, 3000)).not.toContain("left");
    expect(progressText("building", 1, 3000)).not.toContain("left");
  });
});
