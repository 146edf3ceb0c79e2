import { attribute, type EnvironmentFamily, exitCodes, type Frame, type TaskSpec, UsageError } from "@metamem/core";
import { findFamily, findTask, knowsTask, playedTask, registeredFamilies, requestDefaults } from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { pictureLines } from "../render/picture.ts";
import { printableLine } from "../render/printable.ts";

export interface LevelPreviewOptions {
  readonly env?: string;
  readonly task?: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Shows the world of a task as it is when an episode begins, hidden things too: for people who make tasks. */
export async function levelPreviewCommand(file: string | undefined, options: LevelPreviewOptions): Promise<number> {
  if ((file === undefined) === (options.task === undefined))
    throw new UsageError("preview", "preview takes either a task's file or --task with a task's name");
  const named = file ?? options.task ?? "";
  const { family, asked } = await findPreviewed(named, options.env);
  const { task, notice } = playedTask(family, asked);
  const seed = options.seed ?? requestDefaults.seed;
  const frame = await previewed(family, task, seed);
  if (notice !== undefined) note(notice);
  if (options.json === true) {
    const rows = pictureLines(frame, family.view, new Painter("none"));
    printJson({ schema: "metamem.level/1", family: family.name, task: task.id, seed, rows });
    return exitCodes.ok;
  }
  const painter = new Painter(colourDepth({ isTty: process.stdout.isTTY, env: process.env }));
  printLines([
    painter.bold(printableLine(`${family.title} ${task.id}, seed ${seed}: ${task.title}`)),
    ...pictureLines(frame, family.view, painter).map((line) => line.trimEnd()),
  ]);
  return exitCodes.ok;
}

/** Without a family's name, the first one that knows the task and can show it. */
async function findPreviewed(
  named: string,
  env: string | undefined,
): Promise<{ readonly family: EnvironmentFamily; readonly asked: TaskSpec }> {
  if (env !== undefined) {
    const family = await findFamily(env);
    return { family, asked: await findTask(family, named) };
  }
  const able = registeredFamilies().filter(({ preview }) => preview !== undefined);
  const family = able.find((known) => knowsTask(known, named)) ?? able[0];
  if (family === undefined) throw new UsageError("preview", "no environment that comes along can show a level");
  return { family, asked: await findTask(family, named) };
}

async function previewed(family: EnvironmentFamily, task: TaskSpec, seed: number): Promise<Frame> {
  if (family.preview === undefined)
    throw new UsageError("preview", `${family.name} cannot show a level before it is played`);
  try {
    return await family.preview(task, { seed });
  } catch (error) {
    throw attribute(error, "setup");
  }
}
