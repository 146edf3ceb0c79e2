import { families, nethackIsBuilt } from "@metamem/native-env";
import { family as tower } from "../games/tower.ts";
import { environmentSuite } from "./environment.ts";

const playable = families.filter(({ name }) => name !== "nethack" || nethackIsBuilt());
for (const family of playable) environmentSuite(family, [42, 43]);
environmentSuite(tower, [1, 2]);
