import {
  attribute,
  type Environment,
  type ModelRole,
  openTrustedRunner,
  type RoleModel,
  type ScaffoldRunner,
} from "@metamem/core";
import type { ResolvedEpisode } from "./episode-spec.ts";
import { type OpenOptions, openRoles } from "./open-roles.ts";

/** Everything an episode needs besides a folder: opened, reached and checked. Close it when the episode is over. */
export interface PreparedEpisode extends ResolvedEpisode {
  readonly environment: Environment;
  readonly runner: ScaffoldRunner;
  readonly roles: Readonly<Record<ModelRole, RoleModel>>;
  close(): void;
}

/**
 * Opens environment, hooks and models, and tries the world's seed. Nothing is written: whatever cannot work (unreachable server, wrong
 * key, missing addon, bad seed) fails here, before there is a folder to leave behind.
 */
export async function prepareEpisode(resolved: ResolvedEpisode, options: OpenOptions): Promise<PreparedEpisode> {
  const { spec, family, bundle } = resolved;
  using cleanup = new DisposableStack();
  const environment = cleanup.adopt(await openEnvironment(resolved), (opened) => opened.close());
  await environment.reset({ seed: spec.seed });
  const runner = cleanup.adopt(await openTrustedRunner(bundle), (opened) => opened.close());
  const roles = await openRoles(spec, family, options, (opened) => cleanup.defer(() => opened.close()));
  const kept = cleanup.move();
  return { ...resolved, environment, runner, roles, close: () => kept.dispose() };
}

/**
 * What to show beside results when a rule-based program plays a role, with the role's name when a language model plays the other one;
 * null when only language models play. A context bundle never asks the memory role, whoever would play it.
 */
export function ruleLabel({ roles, family, bundle }: PreparedEpisode): string | null {
  const asked: readonly ModelRole[] = bundle.manifest.kind === "context" ? ["gameplay"] : ["memory", "gameplay"];
  const ruled = asked.filter((role) => roles[role].info.ruleBased);
  if (ruled.length === 0) return null;
  const label = family.player?.label ?? "rule-based player";
  return ruled.length === asked.length ? label : `${ruled.join()} role: ${label}`;
}

async function openEnvironment({ family, task }: ResolvedEpisode): Promise<Environment> {
  try {
    return await family.open(task);
  } catch (error) {
    throw attribute(error, "setup");
  }
}
