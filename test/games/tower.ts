import { type Environment, type EnvironmentFamily, guard, jsonObjectSchema, type TaskSpec } from "@metamem/core";
import { player } from "./tower-player.ts";

/** A tower of four floors. Each has seven rooms in a row, a key in one of them, and in the last one a door that leads up. */
const [floors, door] = [4, 6];

const climb: TaskSpec = {
  family: "tower",
  id: "climb",
  title: "Climb the tower",
  actions: [
    { name: "West", description: "go one room west", direction: [-1, 0] },
    { name: "East", description: "go one room east", direction: [1, 0] },
    { name: "Open", description: "open the door, which needs the key" },
  ],
  defaultAction: "Open",
  fallbackAction: "Open",
  maxSteps: 500,
  options: {},
};

function build(task: TaskSpec): Environment {
  let [seed, turn] = [0, 0];
  let now = { floor: 0, room: 3, key: false };
  const observe = () => ({
    longTerm: `Floor ${now.floor}, room ${now.room}${now.room === door ? ": a door" : ""}.`,
    shortTerm: now.key ? "You have the key." : "You have no key.",
    features: now,
    turn,
  });
  return {
    task,
    reset(world) {
      [seed, turn, now] = [world.seed, 0, { floor: 0, room: 3, key: false }];
      return observe();
    },
    step(action) {
      const up = action === "Open" && now.key && now.room === door;
      const room = Math.min(door, Math.max(0, now.room + Number(action === "East") - Number(action === "West")));
      const key = now.key || room === (seed + 5 * now.floor) % door;
      now = up ? { floor: now.floor + 1, room: 3, key: false } : { ...now, room, key };
      turn += 1;
      return { observation: observe(), reward: Number(up), terminated: now.floor === floors, truncated: false };
    },
    progress: () => ({
      progression: now.floor / floors,
      milestones: Array.from({ length: floors }, (_, n) => ({ name: `floor ${n + 1}`, reached: now.floor > n })),
      endReason: now.floor === floors ? "top" : null,
      details: {},
    }),
    frame() {
      const cells = Uint16Array.from({ length: door + 1 }, (_, x) => Number(x === now.room));
      return { width: door + 1, height: 1, cells, gauges: [{ label: "floor", value: now.floor, max: floors }] };
    },
    close() {},
  };
}

export const family: EnvironmentFamily = {
  name: "tower",
  title: "Tower",
  version: "1",
  tasks: [climb],
  open: (task) => guard(build(task)),
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
    goal: "Reach the top: on each floor walk until you find the key, then open the door in room 6.",
    observationGuide: "You see only the room you are in. Room 0 is the westernmost, room 6 the easternmost.",
  }),
  view: {
    columnsPerCell: 2,
    styles: [
      { glyph: ".", foreground: 0x9a9a9a, background: 0x30343a, label: "room" },
      { glyph: "@", foreground: 0xffffff, background: 0x2f6f4f, label: "you" },
    ],
  },
};
