import { describe, expect, test } from "vitest";
import { at, inPicture, type Staging } from "../../nethack/player/test-scene.ts";
import { decide } from "./decide.ts";
import { stageLevel } from "./test-scene.ts";

function choice(staging: Staging, list?: Parameters<typeof stageLevel>[1], stepsLeft?: number) {
  const { action, goal, cell } = decide(stageLevel(staging, list, stepsLeft));
  return { action, goal, cell: inPicture(cell) };
}

describe("stairs", () => {
  const near = { picture: ["..@>"], level: { down: new Set([at(3, 0)]) } };

  test("are walked to, and that is all", () => {
    expect(choice(near)).toMatchObject({ action: "east", goal: "reach the way down" });
  });

  test.each([
    ["one who sometimes moves twice waits for the right moment", "monk", 0, 50, "west"],
    ["after a move without time it has come", "monk", 1, 50, "east"],
    ["with no steps to spare there is no waiting", "monk", 0, 3, "east"],
    ["everybody else just goes", "valkyrie", 0, 50, "east"],
  ])("%s", (_, role, idle, stepsLeft, action) => {
    const scene = stageLevel({ ...near, known: { idle } }, "compass", stepsLeft);
    const told = { ...scene.sight, role };
    expect(decide(Object.assign(scene, { sight: told })).action).toBe(action);
  });

  test("runs only where the task has it and nobody is near", () => {
    const far = { picture: ["@....>"], level: { down: new Set([at(5, 0)]) } };
    expect(choice(far, "everything").action).toBe("far east");
    expect(choice(far, "compass").action).toBe("east");
    expect(choice({ ...far, picture: ["@....>", " r    "] }, "everything").action).not.toBe("far east");
  });
});

describe("a pack of rats", () => {
  const room = ["      |....", "#######.@r.", "      |....", "      -----"];
  const walked = { walked: new Set([4, 5, 6, 7].map((column) => at(column, 1))) };
  const names = ["giant rat adjacent east"];

  test("in the open: back into the corridor", () => {
    expect(choice({ picture: room, names, level: walked })).toMatchObject({
      action: "west",
      goal: "let them come one at a time",
    });
  });

  test("in the corridor: fight", () => {
    const picture = ["      |....", "####@r#....", "      |....", "      -----"];
    expect(choice({ picture, names, level: walked })).toMatchObject({ action: "east", goal: "fight the giant rat" });
  });

  test("one that comes alone is fought where it is met", () => {
    const alone = { picture: room.map((row) => row.replace("r", "F")), names: ["lichen adjacent east"], level: walked };
    expect(choice(alone).goal).toBe("fight the lichen");
  });
});

describe("rooms and corridors", () => {
  test("what lies around cells that were stood on is known", () => {
    const picture = ["-----     ", "|..@|     ", "|........ ", "-----     "];
    expect(choice({ picture }, "doors")).toMatchObject({ goal: "explore", cell: [4, 2] });
    const walked = new Set([at(3, 1), ...[3, 4, 5, 6].map((column) => at(column, 2))]);
    expect(choice({ picture, level: { walked } }, "doors")).toMatchObject({ cell: [7, 2] });
  });

  test("rather goes away from the start, and kicks a locked door rather than walk back", () => {
    const corridor = { picture: ["#####@#####"], level: { walked: new Set([at(5, 0)]) } };
    const from = (column: number) => ({ ...corridor, level: { ...corridor.level, up: new Set([at(column, 0)]) } });
    expect(choice(from(-8), "doors").action).toBe("east");
    expect(choice(from(20), "doors").action).toBe("west");
    const locked = {
      walked: new Set([1, 2, 3, 4, 5, 6, 7, 8].map((column) => at(column, 1))),
      locked: new Map([[at(0, 1), 0]]),
    };
    const door = { picture: ["|", "+@##########", "|"], level: locked };
    expect(choice(door, "doors")).toMatchObject({ action: "kick", goal: "kick the door" });
  });

  test("with nothing left to explore it searches, where the task has that", () => {
    const closed = { picture: ["-----", "|.@.|", "-----"] };
    expect(choice(closed, "doors").goal).toBe("search for hidden doors");
    expect(choice(closed, "compass").goal).toBe("stray about");
  });
});
