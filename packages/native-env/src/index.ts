/** @module The game families built on the native addon. */
import type { EnvironmentFamily } from "@metamem/core";
import { crafterFamily } from "./crafter/index.ts";
import { minihackFamily } from "./minihack/index.ts";
import { nethackFamily } from "./nethack/index.ts";

/** Every family of this package, the default one first. */
export const families: readonly EnvironmentFamily[] = [crafterFamily, nethackFamily, minihackFamily];

export { CrafterEnvironment } from "./crafter/environment.ts";
export { crafterFamily } from "./crafter/index.ts";
export type { Picture } from "./crafter/picture.ts";
export { loadTextures } from "./crafter/texture-files.ts";
export { packTextures, type Texture, type TextureSet } from "./crafter/textures.ts";
export { minihackFamily } from "./minihack/index.ts";
export { compileLevel } from "./minihack/level.ts";
export { minihackReplayLines } from "./minihack/parity/native-lines.ts";
export { nethackIsBuilt } from "./nethack/build.ts";
export {
  type CrashRecord as NethackCrashRecord,
  readCrashRecords as readNethackCrashRecords,
  recordCrashesTo as recordNethackCrashesTo,
} from "./nethack/crash-record.ts";
export { NethackGame } from "./nethack/game.ts";
export { nethackFamily } from "./nethack/index.ts";
export { type RawName as NethackRawName, rawNames as nethackRawNames } from "./nethack/raw-arrays.ts";
