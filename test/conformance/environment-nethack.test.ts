import { fileURLToPath } from "node:url";
import { families } from "@metamem/native-env";
import { environmentSuite, isBuiltFromNethack } from "./environment.ts";

// A few levels in the published format: the published ones are not ours to ship.
process.env.METAMEM_BOXOBAN = fileURLToPath(new URL("boxoban", import.meta.url));

for (const family of families.filter(isBuiltFromNethack)) environmentSuite(family, [42, 43]);
