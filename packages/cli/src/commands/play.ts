import { attribute, type EnvironmentFamily, exitCodes, UsageError } from "@metamem/core";
import { defaultFamily, findFamily, findTask, playedTask, requestDefaults } from "@metamem/loops";
import { note, printLines } from "../console.ts";
import { keyNames } from "../play/key-names.ts";
import { PlayState } from "../play/play-state.ts";
import { agentText, helpKey, keysText, playLines, quitKey, readKey, summaryLine } from "../play/play-view.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { Screen } from "../render/screen.ts";

export interface PlayOptions {
  readonly env?: string;
  readonly task?: string;
  readonly seed?: number;
}

/** A person plays in the terminal, with a key for each of the agent's actions. Nothing is recorded. */
export async function playCommand(options: PlayOptions): Promise<number> {
  const family = await findFamily(options.env ?? defaultFamily(options.task));
  const { task, notice } = playedTask(family, await findTask(family, options.task));
  if (family.keys === undefined) throw new UsageError("play", `${family.name} has no keys to play it by hand`);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError("play", "play needs a terminal to draw on and to read keys from");
  }
  const environment = await opened(family, task);
  if (notice !== undefined) note(notice);
  try {
    const state = await PlayState.begin(family, environment, options.seed ?? requestDefaults.seed);
    await playByHand(state, family.keys);
    printLines([summaryLine(state)]);
    return exitCodes.ok;
  } finally {
    environment.close();
  }
}

async function opened(family: EnvironmentFamily, task: PlayState["task"]): Promise<PlayState["environment"]> {
  try {
    return await family.open(task);
  } catch (error) {
    throw attribute(error, "setup");
  }
}

/** Reads keys until the person leaves, or presses one after the game's end. The terminal is given back in any case. */
async function playByHand(state: PlayState, keys: Readonly<Record<string, string>>): Promise<void> {
  const screen = new Screen(process.stdout);
  const painter = new Painter(colourDepth({ isTty: true, env: process.env }));
  /** A text stands where the game was drawn; the next key brings the game back. */
  let reading = false;
  const draw = () => {
    if (!reading) screen.draw(playLines(state, screen.size, painter));
  };
  const show = (text: string) => {
    screen.close();
    process.stdout.write(`${text}\n\n${painter.dim("any key returns to the game")}\n`);
    reading = true;
  };
  process.stdin.setRawMode(true);
  process.stdout.on("resize", draw);
  const restore = () => {
    screen.close();
    process.stdin.setRawMode(false);
  };
  process.on("exit", restore);
  try {
    draw();
    for await (const key of typedKeys()) {
      if (key === quitKey || (state.over && !reading)) return;
      if (reading) reading = false;
      else if (key === readKey) show(agentText(state));
      else if (key === helpKey) show(keysText(state));
      else await playKey(state, keys, key);
      draw();
    }
  } finally {
    process.off("exit", restore);
    process.stdout.off("resize", draw);
    restore();
    process.stdin.pause();
  }
}

/** Keys that play nothing in this task are ignored. */
async function playKey(state: PlayState, keys: Readonly<Record<string, string>>, key: string): Promise<void> {
  const action = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (action !== undefined && state.task.actions.some(({ name }) => name === action)) await state.play(action);
}

async function* typedKeys(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const sent of process.stdin) yield* keyNames(decoder.decode(sent as Uint8Array, { stream: true }));
}
