/** @module Boxoban levels: the published collections when a user has them, our own otherwise. */
export { boxobanDataSet } from "./data-set.ts";
export type { Difficulty, Level } from "./level.ts";
export {
  chooseLevel,
  folderVariable,
  type LevelSet,
  type LevelSetOptions,
  type LevelSource,
  openLevelSet,
  publicLevelsAt,
} from "./level-set.ts";
