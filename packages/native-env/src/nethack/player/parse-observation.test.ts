import { describe, expect, test } from "vitest";
import { holdsSight, parseSight } from "./parse-observation.ts";
import { at, observationText, sightOf } from "./test-scene.ts";

const room = ["-----", "|..@|", "-----"];

describe("an observation", () => {
  test("place, role, status, belongings", () => {
    const sight = sightOf({
      picture: room,
      message: "You see here a dagger.",
      inventory: ["a: a +1 long sword (weapon in hand)", "d: a food ration"],
      status: "Dlvl:5 $:12 HP:9(31) Pw:4(7) AC:6 Xp:3/40 T:1207 Hungry Burdened",
    });
    expect(sight).toMatchObject({ message: "You see here a dagger.", hero: at(3, 1), role: "valkyrie", page: false });
    expect(sight.status).toEqual({
      depth: 5,
      hp: 9,
      maxHp: 31,
      energy: 4,
      experience: 3,
      turn: 1207,
      words: ["Hungry", "Burdened"],
    });
    expect(sight.inventory).toEqual([
      { letter: "a", text: "a +1 long sword (weapon in hand)" },
      { letter: "d", text: "a food ration" },
    ]);
  });

  test("a question moves the cursor away, a page covers the map", () => {
    const asked = sightOf({ picture: room, message: "In what direction?", asked: true });
    expect([asked.hero, asked.cursorRow, asked.page]).toEqual([null, 0, false]);
    expect(sightOf({ picture: room, message: "Weapons\na - a dagger\n(end)" }).page).toBe(true);
    expect(sightOf({ picture: room, status: "" }).page).toBe(true);
  });

  test("stands out among other texts; nonsense is read without complaint", () => {
    expect(holdsSight(`Step 3 of 100.\n\n${observationText({ picture: room })}`)).toBe(true);
    expect(holdsSight("Memory files: none yet.")).toBe(false);
    expect(parseSight("").rows).toHaveLength(21);
    expect(parseSight("map:\n\n\n").hero).toBeNull();
  });
});
