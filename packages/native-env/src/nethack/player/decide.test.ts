import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { at, type Staging, stage } from "./test-scene.ts";

function choice(staging: Staging) {
  const { action, answers, goal } = decide(stage(staging));
  return { action, answers, goal };
}

const sword = ["a: a +1 long sword (weapon in hand)"];
const hurt = "Dlvl:2 $:0 HP:3(15) Pw:2(2) AC:7 Xp:1/0 T:400";

describe("fighting", () => {
  test("strikes at who is next to it", () => {
    const foe = { picture: ["@j"], names: ["jackal adjacent east"], inventory: sword };
    expect(choice(foe)).toMatchObject({ action: "east", goal: "fight the jackal" });
  });

  test.each([
    ["a pet", "tame little dog", {}],
    ["a floating eye", "floating eye", {}],
    ["a mold", "yellow mold", {}],
    ["the peaceful", "dwarf", { level: { peaceful: new Set(["dwarf"]) } }],
    ["shopkeepers", "shopkeeper", {}],
  ])("never at %s", (_, name, more) => {
    const { goal } = choice({ picture: [".@e", "..."], names: [`${name} adjacent east`], inventory: sword, ...more });
    expect(goal).not.toContain("fight");
  });

  test("at a cockatrice only with a weapon in hand", () => {
    const scene = { picture: [".@c"], names: ["cockatrice adjacent east"] };
    expect(choice({ ...scene, inventory: sword }).goal).toBe("fight the cockatrice");
    expect(choice(scene).goal).not.toContain("fight");
  });

  test("runs from the slow when the way down is near", () => {
    const scene = { picture: ["h...", ".@..>"], names: ["dwarf adjacent northwest"], inventory: sword };
    expect(choice({ ...scene, level: { down: new Set([at(4, 1)]) } })).toMatchObject({
      goal: "outrun them",
      action: "east",
    });
  });
});

describe("need", () => {
  test("prays when close to death, once, and not too early", () => {
    const scene = { picture: ["@j"], names: ["jackal adjacent east"], inventory: sword, status: hurt };
    expect(choice(scene)).toMatchObject({ action: "pray", answers: ["y"] });
    expect(choice({ ...scene, known: { prayed: 390 } }).action).not.toBe("pray");
    expect(choice({ ...scene, status: hurt.replace("T:400", "T:40") }).action).not.toBe("pray");
  });

  test("eats when hungry and prays when weak", () => {
    const hungry = { picture: ["@."], inventory: [...sword, "d: 2 food rations"] };
    expect(choice({ ...hungry, status: "Dlvl:2 HP:15(15) Pw:2(2) AC:7 Xp:1/0 T:990 Hungry" })).toMatchObject({
      action: "eat",
      answers: ["d"],
    });
    expect(choice({ picture: ["@."], status: "Dlvl:2 HP:15(15) Pw:2(2) AC:7 Xp:1/0 T:990 Weak" }).action).toBe("pray");
  });

  test("rests when it is hurt and nobody is near", () => {
    const status = "Dlvl:2 $:0 HP:6(15) Pw:2(2) AC:7 Xp:1/0 T:90";
    expect(choice({ picture: ["@."], status })).toEqual({ action: "2", answers: ["0", "search"], goal: "rest" });
  });
});

describe("going down", () => {
  test("at once where it stands on stairs, else on the way there", () => {
    expect(choice({ picture: [".@."], level: { down: new Set([at(1, 0)]) } }).action).toBe("down");
    expect(choice({ picture: ["@....>"], level: { down: new Set([at(5, 0)]) } })).toEqual({
      action: "5",
      answers: ["east"],
      goal: "reach the way down",
    });
  });

  test("digs where it has the tool, though not on stairs", () => {
    const scene = { picture: [".@."], inventory: ["c: a +0 pick-axe (weapon in hand)"] };
    expect(choice(scene)).toMatchObject({ action: "apply", answers: ["c", "down"] });
    expect(choice({ ...scene, level: { up: new Set([at(1, 0)]) } }).action).toMatch(/^(east|west)$/);
  });

  test("without notes now and then tries whether it stands on stairs", () => {
    const forgetful = stage({ picture: [".@."], forgetful: true });
    expect(decide(forgetful).action).not.toBe("down");
    Object.assign(forgetful, { chance: () => 0.1 });
    expect(decide(forgetful).action).toBe("down");
  });
});

describe("finding the way", () => {
  const room = ["-----", "|...|", "|.@..#", "|...|", "-----"];

  test("explores what was not walked on", () => {
    expect(choice({ picture: room })).toMatchObject({ goal: "explore", action: "east" });
    const walked = new Set([at(2, 2), at(3, 2), at(4, 2)]);
    expect(choice({ picture: room, level: { walked } }).goal).toBe("explore");
  });

  test("kicks a door that is locked", () => {
    const scene = {
      picture: ["--", "@+", "--"],
      level: { locked: new Map([[at(1, 1), 0]]), walked: new Set([at(0, 1)]) },
    };
    expect(choice(scene)).toEqual({ action: "kick", answers: ["east"], goal: "kick the door" });
  });

  test("searches when nothing is left, elsewhere after a while", () => {
    const closed = ["-----", "|.@.|", "-----"];
    const first = choice({ picture: closed });
    expect(first.goal).toBe("search for hidden doors");
    const searched = new Map([[at(2, 1), 60]]);
    expect(decide(stage({ picture: closed, level: { searched } })).cell).not.toBe(at(2, 1));
  });

  test("goes where the stairs were on a level that was entered at the same place", () => {
    const ground = new Set([at(1, 0), at(2, 0), at(3, 0)]);
    const layouts = new Map([[at(0, 0), { down: new Set([at(3, 0)]), holes: new Set<number>(), ground }]]);
    const scene = { picture: ["@"], level: { arrival: at(0, 0) }, known: { layouts } };
    expect(decide(stage(scene))).toMatchObject({ cell: at(3, 0), goal: "find what was there on other levels" });
    expect(decide(stage({ ...scene, picture: ["@."] }))).toMatchObject({ action: "east", goal: "reach the way down" });
  });
});
