import type { EnvironmentFamily, ModelRole, RoleModel } from "@metamem/core";
import type { EpisodeSpec } from "./episode-spec.ts";
import { reachModel } from "./reach-model.ts";
import { type AdapterFolders, AdapterKeeper } from "./servers/adapter-keeper.ts";

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** See `ReachOptions.callSeconds`. */
  readonly callTimeout?: number | undefined;
  /** Adapters that the servers are told of when they do not know them. */
  readonly adapters?: AdapterFolders | undefined;
  /** Hands out models that somebody else opened and closes, instead of opening the episode's own: for many episodes on one server. */
  readonly shared?:
    | ((spec: EpisodeSpec, family: EnvironmentFamily) => Promise<Record<ModelRole, RoleModel>>)
    | undefined;
}

/**
 * Reaches the models of both roles and hands what is open to `opened`, whose business closing it is. One object per distinct spec: two roles
 * on one model are played as one (spec automem §4).
 */
export async function openRoles(
  spec: EpisodeSpec,
  family: EnvironmentFamily,
  options: OpenOptions,
  opened: (closable: { close(): void }) => void,
): Promise<Record<ModelRole, RoleModel>> {
  if (options.shared !== undefined) return await options.shared(spec, family);
  const { models } = spec;
  const adapters = new AdapterKeeper(() => options.adapters ?? {});
  opened(adapters);
  const reach = { adapters, signal: options.signal, callSeconds: options.callTimeout };
  const open = (name: string): Promise<RoleModel> => reachModel(name, family, reach, opened);
  const memory = await open(models.memory);
  return { memory, gameplay: models.gameplay === models.memory ? memory : await open(models.gameplay) };
}
