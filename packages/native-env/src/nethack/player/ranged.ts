import type { Creature } from "./creatures.ts";
import { type Cell, type Direction, directionTo, distance, lineBetween } from "./geometry.ts";
import { act, type Decision, type Scene } from "./scene.ts";
import { terrain } from "./terrain.ts";

const reach = 6;

/** Shoots or throws at a foe in line, where the role does more harm that way. */
export function shoot(scene: Scene): Decision | null {
  const volley = missiles(scene);
  const aim = volley === null ? null : target(scene, reach);
  if (volley === null || aim === null) return null;
  const [action = "fire", ...answers] = volley;
  return act(action, `shoot the ${aim.foe.name || "creature"}`, aim.foe.cell, [...answers, aim.direction.name]);
}

/** The command that lets something fly, up to the direction; null for those who had better strike. */
function missiles(scene: Scene): readonly string[] | null {
  const { self } = scene.known;
  if (!scene.mindful) return null;
  const ready = scene.item(/in quiver|at the ready/) !== null;
  if (self.includes("Rogue")) {
    const daggers = scene.item(/daggers(?! \(weapon)/);
    return daggers === null ? null : ["throw", daggers];
  }
  const bow = scene.item(/bow \(weapon in hand/) !== null;
  return ready && (self.includes("Tourist") || (self.includes("Ranger") && bow)) ? ["fire"] : null;
}

/** A ranger begins with the bow slung. */
export function takeBow(scene: Scene): Decision | null {
  if (!scene.known.self.includes("Ranger") || scene.item(/in quiver/) === null || scene.foes(8).length === 0)
    return null;
  return scene.item(/bow \(alternate weapon/) === null ? null : act("swap", "take the bow in hand");
}

const bolt = 5;

/** A wizard's first spell strikes harder than a staff. */
export function castBolt(scene: Scene): Decision | null {
  if (!scene.mindful || !scene.known.self.includes("Wizard") || scene.sight.status.energy < bolt) return null;
  const aim = target(scene, 1);
  return aim === null
    ? null
    : act("cast", `strike the ${aim.foe.name || "creature"}`, aim.foe.cell, ["a", aim.direction.name]);
}

/** Puts foes to sleep when they get dangerous. */
export function zapSleep(scene: Scene): Decision | null {
  if (scene.health > 0.6 || !scene.mindful) return null;
  const letter = scene.item(/wand of sleep(?! .*0:0)/);
  const aim = letter === null ? null : target(scene, 3);
  if (letter === null || aim === null || scene.known.plan?.goal === "put them to sleep") return null;
  return act("zap", "put them to sleep", aim.foe.cell, [letter, aim.direction.name]);
}

/** The nearest foe in one of the eight directions with nobody and no wall in between. */
function target(scene: Scene, within: number): { readonly foe: Creature; readonly direction: Direction } | null {
  for (const foe of scene.foes(within)) {
    const line = lineBetween(scene.hero, foe.cell);
    if (line.length !== distance(scene.hero, foe.cell) + 1) continue;
    const direction = directionTo(scene.hero, line[1] ?? scene.hero);
    if (direction !== null && line.slice(1, -1).every((cell) => isOpen(scene, cell))) return { foe, direction };
  }
  return null;
}

function isOpen(scene: Scene, cell: Cell): boolean {
  const kind = scene.kindAt(cell);
  return kind !== terrain.wall && kind !== terrain.blank && kind !== terrain.creature && kind !== terrain.closedDoor;
}
