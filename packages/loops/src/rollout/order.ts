import type { PlannedEpisode } from "./plan.ts";

/**
 * The order in which episodes are begun: families take turns, those with the longest episodes first. So the long ones, which decide when the
 * run is over, begin early, and no family waits until another is through.
 */
export function startOrder(episodes: readonly PlannedEpisode[]): PlannedEpisode[] {
  const queues = new Map<string, PlannedEpisode[]>();
  for (const episode of episodes) {
    const { name } = episode.resolved.family;
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [episode]);
    else queue.push(episode);
  }
  const longest = (queue: readonly PlannedEpisode[]) =>
    Math.max(...queue.map(({ resolved }) => resolved.spec.maxSteps));
  const sorted = [...queues.values()].sort((a, b) => longest(b) - longest(a));
  const rounds = Math.max(0, ...sorted.map((queue) => queue.length));
  return Array.from({ length: rounds }, (_, round) => sorted.flatMap((queue) => queue.slice(round, round + 1))).flat();
}
