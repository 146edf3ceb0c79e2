import { type Hash, hashJson, UsageError } from "@metamem/core";
import {
  type EpisodeChoice,
  type EpisodeParts,
  type EpisodeSpec,
  largestSeed,
  type ResolvedEpisode,
  resolveEpisode,
  resolveParts,
  specHash,
} from "../episode-spec.ts";
import type { PlayConfig } from "./config.ts";
import { type World, worldsOf } from "./world-set.ts";

/** One episode of a run, with everything needed to play it. */
export interface PlannedEpisode {
  /** Hash of the spec: the identity that resume, queue and result store use. */
  readonly id: Hash;
  readonly resolved: ResolvedEpisode;
  /** What the family was named by, and the choice that led to the spec: enough to find the episode again in another process. */
  readonly env: string;
  readonly choice: EpisodeChoice;
  /** Which of the episodes of its world: 0, 1, ... */
  readonly repetition: number;
}

/** What a run plays: world set x scaffold x models x episodes per world. Two plans are the same when their ids are. */
export interface RolloutPlan {
  readonly config: PlayConfig;
  /** In the order of reports: by family, task, world and repetition. */
  readonly episodes: readonly PlannedEpisode[];
}

/**
 * Finds everything a config names and lists the episodes. Reads files, opens nothing.
 * @throws UsageError for anything that is not there, and when two entries ask for the same episode.
 */
export async function resolvePlan(config: PlayConfig): Promise<RolloutPlan> {
  const episodes: PlannedEpisode[] = [];
  for (const env of config.env) {
    const parts = await partsOf(config, env);
    const episodesOfWorld = new WorldEpisodes(config, parts, env);
    for (const world of worldsOf(config.worlds, parts.family, config.tasks))
      episodes.push(...(await episodesOfWorld.of(world)));
  }
  insistOnTasks(config, episodes);
  insistOnDistinct(episodes);
  return { config, episodes };
}

/** The identity of a plan: which episodes, whatever their order. */
export function planHash(episodes: readonly Pick<PlannedEpisode, "id">[]): Hash {
  return hashJson(episodes.map(({ id }) => id).sort());
}

/** The parts that all episodes of one environment share. */
export function partsOf(config: PlayConfig, env: string): Promise<EpisodeParts> {
  const { scaffold, model, memoryModel, gameplayModel, protocol } = config;
  return resolveParts({
    env,
    scaffold,
    model,
    memoryModel: memoryModel ?? undefined,
    gameplayModel: gameplayModel ?? undefined,
    protocol,
  });
}

/** Builds the episodes of one family's worlds. */
class WorldEpisodes {
  private readonly config: PlayConfig;
  private readonly parts: EpisodeParts;
  private readonly env: string;
  /** One object per task for all its specs: a plan may hold a hundred thousand episodes. */
  private readonly tasks = new Map<string, EpisodeSpec["task"]>();

  constructor(config: PlayConfig, parts: EpisodeParts, env: string) {
    this.config = config;
    this.parts = parts;
    this.env = env;
  }

  async of(world: World): Promise<PlannedEpisode[]> {
    const planned: PlannedEpisode[] = [];
    for (let repetition = 0; repetition < this.config.episodesPerWorld; repetition++) {
      const choice = {
        task: world.task,
        seed: world.seed,
        samplingSeed: (this.config.samplingSeed + repetition) % (largestSeed + 1),
        maxSteps: this.config.maxSteps ?? world.maxSteps,
      };
      const { spec, ...rest } = await resolveEpisode(this.parts, choice);
      const task = this.tasks.get(world.task) ?? spec.task;
      this.tasks.set(world.task, task);
      const resolved = { spec: { ...spec, task }, ...rest };
      planned.push({ id: specHash(resolved.spec), env: this.env, choice, resolved, repetition });
    }
    return planned;
  }
}

/** A task that nothing is played of was mistyped, or is missing from the set. */
function insistOnTasks({ tasks, worlds, env }: PlayConfig, episodes: readonly PlannedEpisode[]): void {
  const missing = tasks.find((task) => !episodes.some(({ choice }) => choice.task === task));
  if (missing === undefined) return;
  const where = env.join(" and ");
  throw new UsageError(
    "task",
    `'${worlds}' has no worlds of the task '${missing}' of ${where}; 'metamem tasks' lists the tasks, seeds:0-9 has worlds of any`,
  );
}

function insistOnDistinct(episodes: readonly PlannedEpisode[]): void {
  if (episodes.length === 0) throw new UsageError("worlds", "no world is left to play: check --env and --task");
  const seen = new Set<Hash>();
  for (const { id, resolved } of episodes) {
    if (seen.has(id)) {
      throw new UsageError(
        "worlds",
        `${resolved.family.name} ${resolved.task.id}, seed ${resolved.spec.seed} is listed twice`,
      );
    }
    seen.add(id);
  }
}
