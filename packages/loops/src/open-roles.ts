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
}

/**
 * Reaches the models of both roles and hands each to `opened`, whose business closing them is. One object per distinct spec: two roles on
 * one model are played as one (spec automem §4).
 */
export async function openRoles(
  { models }: EpisodeSpec,
  family: EnvironmentFamily,
  options: OpenOptions,
  opened: (model: ChatModel) => void,
): Promise<Record<ModelRole, RoleModel>> {
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

function limitsOf(seconds: number): Partial<CallLimits> {
  return { attemptMs: 1000 * seconds, totalMs: 3000 * seconds };
}
