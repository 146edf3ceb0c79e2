import type { Observation } from "../env/environment.ts";
import type { Effect } from "../env/family.ts";
import type { EpisodeSetup } from "./runtime.ts";

export interface JudgedEffect {
  readonly effect: Effect;
  /** The paper's "stuck": the observation text did not change (spec automem §7.3). */
  readonly sameText: boolean;
}

/** What the last action did: by the family's effect model, or by comparing texts as the published release does. */
export function judgeEffect(
  setup: EpisodeSetup,
  before: Observation,
  action: string,
  after: Observation,
): JudgedEffect {
  const sameText = observationText(before) === observationText(after);
  if (setup.protocol.effect === "features") return { effect: setup.family.effect(before, action, after), sameText };
  const summary = sameText ? "the observation did not change" : "the observation changed";
  return { effect: { changed: !sameText, intended: true, flags: [], summary }, sameText };
}

/** Both texts as one, empty ones left out. */
export function observationText(observation: Observation): string {
  return [observation.longTerm, observation.shortTerm]
    .filter((text) => text.trim() !== "")
    .join("\n")
    .trim();
}
