import { describe, expect, test } from "vitest";
import { milestoneNames, milestones } from "./progression.ts";

describe("milestones", () => {
  test("stand in the order of the benchmark's table", () => {
    expect(milestoneNames).toHaveLength(49 + 29);
    expect(milestoneNames[0]).toBe("Dlvl:2");
    expect(milestoneNames[48]).toBe("Dlvl:50");
    expect(milestoneNames[49]).toBe("Xp:2");
    expect(milestoneNames.at(-1)).toBe("Xp:30");
  });

  test("are what was reached and nothing between, whatever lies outside the table", () => {
    const reached = milestones([1, 2, 7, -3, 51], [1, 2]).flatMap(({ name, reached }) => (reached ? [name] : []));
    expect(reached).toEqual(["Dlvl:2", "Dlvl:7", "Xp:2"]);
  });
});
