import { families } from "@metamem/native-env";
import { environmentSuite, isBuiltFromNethack } from "./environment.ts";

for (const family of families.filter(isBuiltFromNethack)) environmentSuite(family, [42, 43]);
