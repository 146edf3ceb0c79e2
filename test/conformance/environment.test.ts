import { families } from "@metamem/native-env";
import { family as tower } from "../games/tower.ts";
import { environmentSuite, isBuiltFromNethack } from "./environment.ts";

for (const family of families.filter((family) => !isBuiltFromNethack(family))) environmentSuite(family, [42, 43]);
environmentSuite(tower, [1, 2]);
