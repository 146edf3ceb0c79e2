import {
  type CallLimits,
  type ChatModel,
  createModel,
  type EnvironmentFamily,
  type ModelRole,
  type RoleModel,
} from "@metamem/core";
import type { EpisodeSpec } from "./episode-spec.ts";

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Seconds after which one try of a model call is given up; the whole call is given three times as long. */
  readonly callTimeout?: number | undefined;
  /** Hands out models that somebody else opened and closes, instead of opening the episode's own: for many episodes on one server. */
  readonly shared?:
    | ((spec: EpisodeSpec, family: EnvironmentFamily) => Promise<Record<ModelRole, RoleModel>>)
    | undefined;
}

/**
 * Reaches the models of both roles and hands each to `opened`, whose business closing them is. One object per distinct spec: two roles on
 * one model are played as one (spec automem §4).
 */
export async function openRoles(
  spec: EpisodeSpec,
  family: EnvironmentFamily,
  options: OpenOptions,
  opened: (model: ChatModel) => void,
): Promise<Record<ModelRole, RoleModel>> {
  if (options.shared !== undefined) return await options.shared(spec, family);
  const { models } = spec;
  const open = async (name: string): Promise<RoleModel> => {
    const model = await createModel(name, {
      ...(family.player === undefined ? {} : { player: family.player }),
      ...(options.callTimeout === undefined ? {} : { limits: limitsOf(options.callTimeout) }),
    });
    opened(model);
    return { model, info: await model.open(options.signal) };
  };
  const memory = await open(models.memory);
  return { memory, gameplay: models.gameplay === models.memory ? memory : await open(models.gameplay) };
}

/** Bounds of a call whose single tries are given up after `seconds`. */
export function limitsOf(seconds: number): Partial<CallLimits> {
  return { attemptMs: 1000 * seconds, totalMs: 3000 * seconds };
}
