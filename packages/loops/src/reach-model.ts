import {
  type CallFailure,
  type CallLimits,
  type ChatModel,
  createModel,
  type EnvironmentFamily,
  parseModelSpec,
  type RoleModel,
} from "@metamem/core";
import type { AdapterKeeper } from "./servers/adapter-keeper.ts";

export interface ReachOptions {
  readonly adapters: AdapterKeeper;
  readonly signal: AbortSignal;
  /** Seconds after which one try of a model call is given up; the whole call is given three times as long. */
  readonly callSeconds?: number | undefined;
  /** See `CreateModelOptions`. */
  readonly onFailure?: (failure: CallFailure) => void;
}

/**
 * The model that a spec names, reached: its servers answer and know it, adapters included.
 * @param opened told of the model as soon as there is one to close.
 */
export async function reachModel(
  name: string,
  family: EnvironmentFamily,
  { adapters, signal, callSeconds, onFailure }: ReachOptions,
  opened: (model: ChatModel) => void,
): Promise<RoleModel> {
  const spec = parseModelSpec(name);
  const model = await createModel(spec, {
    ...(family.player === undefined ? {} : { player: family.player }),
    ...(callSeconds === undefined ? {} : { limits: limitsOf(callSeconds) }),
    ...(onFailure === undefined ? {} : { onFailure }),
    ...adapters.driverOptions(spec),
  });
  opened(model);
  await adapters.ready(spec, signal);
  return { model, info: await model.open(signal) };
}

/** Bounds of a call whose single tries are given up after `seconds`. */
function limitsOf(seconds: number): Partial<CallLimits> {
  return { attemptMs: 1000 * seconds, totalMs: 3000 * seconds };
}
