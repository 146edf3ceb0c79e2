import { UsageError } from "@metamem/core";
import type { OperationConfig } from "./config.ts";
import type { RolloutPlan } from "./plan.ts";

/** Refuses a bound on cost without the prices it needs. @throws UsageError */
export function insistOnPrices({ episodes }: RolloutPlan, { budget, prices }: OperationConfig): void {
  if (budget.cost === null) return;
  const asked = new Set<string>(episodes.flatMap(({ resolved }) => rolesAsked(resolved.bundle.manifest.kind)));
  for (const role of ["memory", "gameplay"] as const) {
    if (asked.has(role) && prices[role] === null) {
      throw new UsageError(
        "prices",
        `--max-cost needs prices: add --price <input>/<output>, in USD per million tokens`,
      );
    }
  }
}

/** Whether anything depends on what earlier sessions used: finding out means reading the traces of open episodes. */
export function dependsOnUse({ budget, prices }: OperationConfig): boolean {
  return budget.tokens !== null || budget.cost !== null || prices.memory !== null || prices.gameplay !== null;
}

/** A context bundle asks only the gameplay role. */
function rolesAsked(kind: string): readonly string[] {
  return kind === "context" ? ["gameplay"] : ["memory", "gameplay"];
}
