import { maxParallelRequests, UsageError } from "@metamem/core";
import { fixedLevel, type Level } from "./call-gate.ts";
import { AdaptiveLevel, firstLevel } from "./concurrency.ts";
import type { OperationConfig } from "./config.ts";

/**
 * How many calls may be under way. Rule-based players gain nothing from more calls at a time; what is not in this process has Bun's larger
 * limit.
 * @param models the specs of all models that play.
 */
export function chosenLevel(models: ReadonlySet<string>, { concurrency, shards }: OperationConfig): Level {
  const most = shards > 0 ? 65_535 : maxParallelRequests();
  const served = models.size > (models.has("scripted") ? 1 : 0);
  if (concurrency === "auto") {
    return served ? new AdaptiveLevel(most) : fixedLevel(Math.max(firstLevel, 2 * shards));
  }
  if (!served || concurrency <= most) return fixedLevel(concurrency);
  throw new UsageError(
    "concurrency",
    `one process can have ${most} requests under way: add --shards 1, or set BUN_CONFIG_MAX_HTTP_REQUESTS=${concurrency} before starting`,
  );
}
