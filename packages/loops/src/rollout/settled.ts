import type { ModelRole, RoleTokens } from "@metamem/core";
import type { RunRow } from "./run-result.ts";

/** What a session keeps of a result: a run may have a hundred thousand of them. */
export interface Settled {
  readonly status: RunRow["status"];
  readonly error: RunRow["error"];
  readonly progression: number;
  readonly steps: number | null;
  readonly endReason: string | null;
  readonly tokens: Readonly<Record<ModelRole, RoleTokens>> | null;
  /** What to show beside every number when a rule-based program played. */
  readonly label: string | null;
}

export function settledOf({ status, error, progression, result }: RunRow): Settled {
  const { steps, endReason, label, metrics } = result ?? { steps: null, endReason: null, label: null, metrics: null };
  return { status, error, progression, steps, endReason, label, tokens: metrics === null ? null : metrics.tokens };
}
