export { boxobanLevel } from "./boxoban.ts";
export { corridorLevel } from "./corridor.ts";
export { corridorBattleDarkLevel } from "./corridor-battle.ts";
export { mazeWalkLevel } from "./maze-walk.ts";
export { questEasyLevel, questMediumLevel } from "./quest.ts";
