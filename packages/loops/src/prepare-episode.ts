import {
  attribute,
  type ChatModel,
  createModel,
  type Environment,
  type EnvironmentFamily,
  type ModelRole,
  openTrustedRunner,
  type RoleModel,
  type ScaffoldRunner,
} from "@metamem/core";
import type { EpisodeSpec, ResolvedEpisode } from "./episode-spec.ts";

/** Everything an episode needs besides a folder: opened, reached and checked. Close it when the episode is over. */
export interface PreparedEpisode extends ResolvedEpisode {
  readonly environment: Environment;
  readonly runner: ScaffoldRunner;
  readonly roles: Readonly<Record<ModelRole, RoleModel>>;
  close(): void;
}

/**
 * Opens environment, hooks and models, and tries the world's seed. Nothing is written: whatever cannot work (unreachable server, wrong key, missing addon,
 * bad seed) fails here, before there is a folder to leave behind.
 */
export async function prepareEpisode(resolved: ResolvedEpisode, signal: AbortSignal): Promise<PreparedEpisode> {
  using cleanup = new DisposableStack();
  const environment = cleanup.adopt(await openEnvironment(resolved), (opened) => opened.close());
  await environment.reset({ seed: resolved.spec.seed });
  const runner = cleanup.adopt(await openTrustedRunner(resolved.bundle), (opened) => opened.close());
  const roles = await openRoles(resolved.spec, resolved.family, signal, (model) => cleanup.defer(() => model.close()));
  const kept = cleanup.move();
  return { ...resolved, environment, runner, roles, close: () => kept.dispose() };
}

async function openEnvironment({ family, task }: ResolvedEpisode): Promise<Environment> {
  try {
    return await family.open(task);
  } catch (error) {
    throw attribute(error, "setup");
  }
}

/** What to show beside results when a rule-based program plays a role; null when language models play both. */
export function ruleLabel({ roles, family }: PreparedEpisode): string | null {
  const ruleBased = roles.memory.info.ruleBased || roles.gameplay.info.ruleBased;
  return ruleBased ? (family.player?.label ?? "rule-based player") : null;
}

/** One model object per distinct spec: two roles on one model are played as one (spec automem §4). */
async function openRoles(
  { models }: EpisodeSpec,
  family: EnvironmentFamily,
  signal: AbortSignal,
  opened: (model: ChatModel) => void,
): Promise<Record<ModelRole, RoleModel>> {
  const memory = await openRole(models.memory, family, signal, opened);
  if (models.gameplay === models.memory) return { memory, gameplay: memory };
  return { memory, gameplay: await openRole(models.gameplay, family, signal, opened) };
}

async function openRole(
  name: string,
  family: EnvironmentFamily,
  signal: AbortSignal,
  opened: (model: ChatModel) => void,
): Promise<RoleModel> {
  const model = await createModel(name, family.player === undefined ? {} : { player: family.player });
  opened(model);
  return { model, info: await model.open(signal) };
}
