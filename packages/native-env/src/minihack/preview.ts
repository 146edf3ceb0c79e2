import type { Frame, TaskSpec, WorldSeed } from "@metamem/core";
import { worldFacts } from "../nethack/options.ts";
import { textNames } from "../nethack/raw-arrays.ts";
import { mapFrame } from "../nethack/view.ts";
import { MinihackGame } from "./game.ts";
import { LevelSource } from "./level-source.ts";
import { gameConfig, parseOptions } from "./options.ts";

/** The level of an episode with everything on it, as the hero enters. Throws as opening the task and resetting it do. */
export function previewLevel(task: TaskSpec, world: WorldSeed): Frame {
  const options = parseOptions(task.options);
  const { core, displaySeed, clock } = worldFacts(world, options);
  const source = new LevelSource(options.level);
  const names = task.actions.map(({ name }) => name);
  const game = new MinihackGame(gameConfig({ ...options, clock }, names), textNames);
  try {
    game.setDataFile(source.levelFor(core).dataFile);
    game.reset(core, displaySeed);
    const { chars, colours } = game.viewLevel();
    return mapFrame(chars, colours);
  } finally {
    game.close();
  }
}
