import { nethackActions } from "./actions.ts";

const arrows = { up: "north", down: "south", left: "west", right: "east" } as const;
const named: Readonly<Record<number, string>> = { 13: "enter", 27: "escape", 32: "space" };

/** The game's own keys, and the arrows. Of two actions with one key the first is named: they are the same. */
export const nethackKeys: Readonly<Record<string, string>> = Object.fromEntries([
  ...nethackActions.map(({ name, key }) => [keyName(key), name] as const).reverse(),
  ...Object.entries(arrows),
]);

/** A key's name by the code the game gets for it. */
function keyName(code: number): string {
  if (code >= 0x80) return `alt-${keyName(code & 0x7f)}`;
  const name = named[code];
  if (name !== undefined) return name;
  return code < 0x20 ? `ctrl-${String.fromCharCode(code | 0x60)}` : String.fromCharCode(code);
}
