import { expect, test } from "vitest";
import { cellAt, cellCount } from "./geometry.ts";
import { blocked, routesFrom } from "./route.ts";

test("goes around walls, and tells the cost of standing before one", () => {
  const entry = new Int16Array(cellCount).fill(10);
  for (let y = -5; y <= 5; y++) entry[cellAt(1, y)] = blocked;
  const routes = routesFrom(cellAt(0, 0), entry);
  expect(routes.cost(cellAt(1, 0))).toBe(0);
  expect(routes.standing(cellAt(1, 0))).toBe(Number.POSITIVE_INFINITY);
  expect(routes.standing(cellAt(2, 0))).toBe(140);
  expect([cellAt(0, 1), cellAt(0, -1)]).toContain(routes.firstStep(cellAt(2, 0)));
  expect(routes.firstStep(cellAt(0, 0))).toBe(cellAt(0, 0));
});

test("prefers cheap ground, and gives up beyond its reach", () => {
  const entry = new Int16Array(cellCount).fill(10);
  entry[cellAt(1, 0)] = 40;
  expect(routesFrom(cellAt(0, 0), entry).standing(cellAt(2, 0))).toBe(40);
  expect(routesFrom(cellAt(0, 0), entry, 30).standing(cellAt(5, 0))).toBe(Number.POSITIVE_INFINITY);
});
