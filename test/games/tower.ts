import { type Environment, type EnvironmentFamily, jsonObjectSchema, type TaskSpec } from "@metamem/core";
import { player } from "./tower-player.ts";

/** A tower: on every floor seven rooms in a row, a key in one of them, and in the last one a door that leads up. */
const door = 6;

const task = (id: string, floors: number): TaskSpec => ({
  family: "tower",
  id,
  title: `${floors} floors`,
  actions: [
    { name: "West", description: "go one room west", direction: [-1, 0] },
    { name: "East", description: "go one room east", direction: [1, 0] },
    { name: "Take", description: "pick up a key that lies here" },
    { name: "Open", description: "open the door, which needs the key" },
  ],
  defaultAction: "Take",
  fallbackAction: "Take",
  maxSteps: 1000,
  options: { floors },
});

function open(spec: TaskSpec): Environment {
  const floors = Number(spec.options.floors);
  let [world, floor, room, turn] = [0, 0, 3, 0];
  let key = false;
  const keyHere = () => !key && room === (world + 5 * floor) % door;
  const observe = () => ({
    longTerm: `Floor ${floor}, room ${room}. ${keyHere() ? "A key lies here." : room === door ? "A door." : "Nothing."}`,
    shortTerm: key ? "You carry a key." : "You carry nothing.",
    features: { floor, room, key, keyHere: keyHere() },
    turn,
  });
  return {
    task: spec,
    reset({ seed }) {
      [world, floor, room, turn, key] = [seed, 0, 3, 0, false];
      return observe();
    },
    step(action) {
      const up = action === "Open" && key && room === door;
      if (action === "Take") key ||= keyHere();
      room = up ? 3 : Math.min(door, Math.max(0, room + (action === "East" ? 1 : action === "West" ? -1 : 0)));
      if (up) [floor, key] = [floor + 1, false];
      turn += 1;
      return { observation: observe(), reward: up ? 1 : 0, terminated: floor === floors, truncated: false };
    },
    progress: () => ({
      progression: floor / floors,
      milestones: Array.from({ length: floors }, (_, index) => ({
        name: `floor ${index + 1}`,
        reached: floor > index,
      })),
      endReason: floor === floors ? "top" : null,
      details: { floor },
    }),
    frame: () => ({
      width: door + 1,
      height: 1,
      cells: Uint16Array.from({ length: door + 1 }, (_, x) => (x === room ? 2 : x === door ? 1 : 0)),
      gauges: [{ label: "floor", value: floor, max: floors }],
    }),
    close() {},
  };
}

export const family: EnvironmentFamily = {
  name: "tower",
  title: "Tower",
  version: "1",
  tasks: [task("default", 3), task("high", 40)],
  open,
  player,
  featureSchema: jsonObjectSchema,
  canonicalise(text, { actions }) {
    const action = actions.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase())?.name ?? null;
    return { action, rule: action === text ? "exact" : "case" };
  },
  effect(before, action, after) {
    const changed = JSON.stringify(before.features) !== JSON.stringify(after.features);
    return { changed, intended: true, flags: [], summary: changed ? `${action} worked` : "nothing changed" };
  },
  instruction: () => ({
    role: "You climb a tower.",
    goal: "Reach the top: on each floor find the key, then open the door in room 6.",
    observationGuide: "You see only the room you are in. Room 0 is the westernmost, room 6 the easternmost.",
  }),
  view: {
    columnsPerCell: 2,
    styles: [
      { glyph: ".", foreground: 0x9a9a9a, background: 0x30343a, label: "room" },
      { glyph: "#", foreground: 0xffd75f, background: 0x5f3a1e, label: "door" },
      { glyph: "@", foreground: 0xffffff, background: 0x2f6f4f, label: "you" },
    ],
  },
};
