import { z } from "zod";
import { asManySteps, episodeSchema } from "../../nethack/parity/recording.ts";
import { readRecordingLines } from "../../parity/recording-lines.ts";

const rows = z.array(z.string().regex(/^[# $.@]{10}$/, "must be ten of # $ . @ and blanks")).length(10);
const [begin, end] = ["MiniHack-", "-v0"];

/** An episode of one of the benchmark's tasks; those with boulders carry the level that was chosen. */
const taskSchema = z
  .looseObject({
    task: z
      .string()
      .regex(/^MiniHack-[\w-]+-v0$/, "must be like MiniHack-MazeWalk-9x9-v0")
      .transform((name) => name.slice(begin.length, -end.length)),
    autopickup: z.boolean(),
    boxoban: z
      .looseObject({ index: z.int().min(0), of: z.int().min(1), rows })
      .nullable()
      .default(null),
    ...episodeSchema.shape,
  })
  .refine(...asManySteps);

export type TaskRecording = z.output<typeof taskSchema>;

/** Throws `UsageError` naming the file, the line and what is wrong with it. */
export async function readRecording(path: string): Promise<TaskRecording[]> {
  return await readRecordingLines(path, taskSchema, ["core", "disp"]);
}
