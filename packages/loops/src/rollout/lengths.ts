import { z } from "zod";

/** How long episodes were, by the step limit they had. */
export const lengthsSchema = z.array(
  z.strictObject({ limit: z.int().min(1), steps: z.array(z.int().nonnegative()).min(1) }),
);
export type Lengths = z.infer<typeof lengthsSchema>;

/** One more episode. */
export function addLength(lengths: Lengths, limit: number, steps: number): void {
  const same = lengths.find((one) => one.limit === limit);
  if (same === undefined) lengths.push({ limit, steps: [steps] });
  else same.steps.push(steps);
}

/**
 * Steps that an episode with this limit will probably have, given those it has already: the mean over the known episodes that lasted longer. One
 * that its own limit ended would have gone on to any other. What has lasted longer than all of them is expected to last a tenth more.
 */
export function expectedSteps(lengths: Lengths, limit: number, played = 0): number {
  let [sum, count] = [0, 0];
  for (const { limit: own, steps } of lengths) {
    for (const length of steps) {
      const full = length >= own ? limit : Math.min(length, limit);
      if (played > 0 && full <= played) continue;
      sum += full;
      count += 1;
    }
  }
  return count > 0 ? sum / count : Math.min(limit, 1.1 * played);
}
