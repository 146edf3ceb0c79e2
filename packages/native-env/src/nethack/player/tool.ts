import { digger } from "./descend.ts";
import type { Cell } from "./geometry.ts";
import { act, type Decision, type Scene } from "./scene.ts";
import { cellsOf, terrain } from "./terrain.ts";
import { walkTo } from "./walk.ts";

/** Cost of a way that the tool is worth. */
const worthwhile = 400;

const underfoot = /(?:You see here|Things that are here)[\s\S]*/;

/** Fetches a tool to dig with: there is no quicker way down. */
export function takeTool(scene: Scene): Decision | null {
  const { plan } = scene.known;
  if (scene.item(digger) !== null || scene.shuns(scene.hero)) return null;
  const arrived = plan?.goal === "take the tool" && plan.cell === scene.hero && plan.action !== "pickup";
  const stumbled = digger.test(underfoot.exec(scene.sight.message)?.[0] ?? "") && plan?.goal !== "take the tool";
  if (arrived || stumbled) return act("pickup", "take the tool", scene.hero);
  if (!scene.sight.sightings.some(({ name }) => digger.test(name))) return null;
  const cells = cellsOf(scene.kinds, terrain.thing).filter((cell) => lies(scene, cell));
  const near = cells.sort((a, b) => scene.routes.cost(a) - scene.routes.cost(b))[0];
  if (near === undefined || scene.routes.cost(near) > worthwhile) return null;
  return walkTo(scene, near, "take the tool");
}

function lies(scene: Scene, cell: Cell): boolean {
  return !scene.shuns(cell) && scene.namesAt(cell).some((name) => digger.test(name));
}
