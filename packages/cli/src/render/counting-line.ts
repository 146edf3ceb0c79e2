import type { MeasureProgress } from "@metamem/loops";
import { duration, percent, plural } from "./numbers.ts";

/** `counted 25.0 % of 55 episodes, about 0:30 left`; `seconds` is what that took. */
export function countingLine({ episodes, share }: MeasureProgress, seconds: number): string {
  const left = share > 0 ? `, about ${duration((seconds * (1 - share)) / share)} left` : "";
  return `counted ${percent(share)} of ${plural(episodes, "episode")}${left}`;
}
