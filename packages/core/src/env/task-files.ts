import { z } from "zod";
import { jsonObjectSchema } from "../json.ts";
import type { Awaitable, TaskSpec } from "./environment.ts";

/** Tasks that people write as files: how a family reads them. */
export interface TaskFiles {
  /** How the names of such files end, e.g. `.des`. */
  readonly ending: string;
  /**
   * The task that a file describes, with whatever lies beside it. Its id is the file's name, ending included, so that it can be taken for no listed
   * task; everything it is opened with is in its options, so that a trace can be continued without the file.
   * @throws UsageError naming the file, the place in it and what is wrong
   */
  read(path: string): Awaitable<TaskSpec>;
}

/** A task as traces hold it. What its options mean only the family knows. */
export const taskSchema: z.ZodType<TaskSpec> = z.strictObject({
  family: z.string(),
  id: z.string(),
  title: z.string(),
  actions: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      direction: z.tuple([z.number(), z.number()]).exactOptional(),
    }),
  ),
  defaultAction: z.string(),
  fallbackAction: z.string(),
  maxSteps: z.int().min(1),
  options: jsonObjectSchema,
});
