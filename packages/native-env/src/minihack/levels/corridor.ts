/**
 * Three rooms of any size anywhere, joined by corridors: stairs up, where the hero starts, in the first and stairs down in the second (spec
 * minihack §4.3). A level of rooms, not one around a map.
 */
export const corridorLevel = `
LEVEL: "mylevel"
ROOM: "ordinary", lit, random, random, random {
  STAIR: random, up
}
ROOM: "ordinary", lit, random, random, random {
  STAIR: random, down
}
ROOM: "ordinary", lit, random, random, random {
}
RANDOM_CORRIDORS
`;
