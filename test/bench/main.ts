/** `metamem bench <target>`: each target is a file beside this one. */

import { UsageError } from "@metamem/core";
import { suggestion } from "@metamem/loops";
import type { Bench, BenchOptions, BenchResult } from "./bench.ts";

/** Loaded when asked for: a benchmark may need what another does not. */
const targets: Readonly<Record<string, () => Promise<Bench>>> = {
  env: async () => (await import("./env.ts")).benchEnvironment,
  rollout: async () => (await import("./rollout.ts")).benchRollout,
  store: async () => {
    const { benchStore } = await import("./store.ts");
    return async ({ note }) => benchStore(note);
  },
};

export const benchTargets: readonly string[] = Object.keys(targets);

/** Runs one target. Throws `UsageError` for a name that is none. */
export async function runBench(target: string, options: BenchOptions): Promise<readonly BenchResult[]> {
  const load = Object.hasOwn(targets, target) ? targets[target] : undefined;
  if (load !== undefined) return await (await load())(options);
  throw new UsageError(
    "bench",
    `unknown benchmark '${target}': there are ${benchTargets.join(", ")}.${suggestion(target, benchTargets)}`,
  );
}
