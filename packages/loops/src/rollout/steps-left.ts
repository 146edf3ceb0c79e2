import type { Averages } from "./averages.ts";
import { expectedSteps, type Lengths } from "./lengths.ts";
import type { MonitoredEpisode } from "./monitored-episode.ts";

/** Finished episodes of a family that are asked: more would not make the estimate better, and it is made twice a second. */
const mostAsked = 200;

/**
 * Steps that are probably left to play. An episode will be as long as its family's finished ones in this run, and as one more of the usual
 * average. Limits say little: most games end long before theirs.
 */
export function stepsLeft(episodes: Iterable<MonitoredEpisode>, usual: Averages["families"]): number {
  const groups = new Map<string, { finished: MonitoredEpisode[]; left: MonitoredEpisode[] }>();
  for (const episode of episodes) {
    const { name } = episode.planned.resolved.family;
    const group = groups.get(name) ?? { finished: [], left: [] };
    groups.set(name, group);
    if (episode.state === "finished") group.finished.push(episode);
    if (episode.state === "waiting" || episode.state === "playing") group.left.push(episode);
  }
  let sum = 0;
  for (const [family, { finished, left }] of groups) {
    if (left.length > 0) sum += leftIn(left, lengthsOf(finished), usual[family]?.lengths ?? null);
  }
  return sum;
}

function leftIn(left: readonly MonitoredEpisode[], own: Lengths, usual: Lengths | null): number {
  const count = own.length;
  const known = new Map<string, number>();
  let sum = 0;
  for (const { planned, steps } of left) {
    const limit = planned.resolved.spec.maxSteps;
    const key = `${limit} ${steps}`;
    let expected = known.get(key);
    if (expected === undefined) {
      const average = usual === null ? limit : expectedSteps(usual, limit, steps);
      expected = count === 0 ? average : (average + count * expectedSteps(own, limit, steps)) / (1 + count);
      known.set(key, expected);
    }
    sum += Math.max(0, expected - steps);
  }
  return sum;
}

/** An even selection of them. */
function lengthsOf(finished: readonly MonitoredEpisode[]): Lengths {
  const every = Math.ceil(finished.length / mostAsked);
  return finished
    .filter((_, index) => index % every === 0)
    .map(({ planned, steps }) => ({ limit: planned.resolved.spec.maxSteps, steps: [steps] }));
}
