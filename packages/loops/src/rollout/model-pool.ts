import {
  type ChatModel,
  createModel,
  type EnvironmentFamily,
  type MetamemError,
  type ModelRole,
  type RoleModel,
} from "@metamem/core";
import type { EpisodeSpec } from "../episode-spec.ts";
import { limitsOf } from "../open-roles.ts";
import type { CallGate } from "./call-gate.ts";
import { GatedModel } from "./gated-model.ts";

/** The models of a run: each is reached once, however many episodes ask it. */
export class ModelPool {
  private readonly opened = new Map<string, Promise<RoleModel>>();
  private readonly models: ChatModel[] = [];
  private readonly gate: CallGate;
  private readonly callSeconds: number;
  private readonly signal: AbortSignal;

  constructor(gate: CallGate, callSeconds: number, signal: AbortSignal) {
    this.gate = gate;
    this.callSeconds = callSeconds;
    this.signal = signal;
  }

  /** The models of an episode's roles, behind the gate. Two roles on one model share one object: they are played as one. */
  async roles(
    { models }: EpisodeSpec,
    family: EnvironmentFamily,
    stop: (reason: MetamemError) => void = () => {},
  ): Promise<Record<ModelRole, RoleModel>> {
    const gated = async (name: string): Promise<RoleModel> => {
      const { model, info } = await this.open(name, family);
      return { model: new GatedModel(model, info, this.gate, stop), info };
    };
    const memory = await gated(models.memory);
    return { memory, gameplay: models.gameplay === models.memory ? memory : await gated(models.gameplay) };
  }

  close(): void {
    for (const model of this.models) model.close();
  }

  private open(name: string, family: EnvironmentFamily): Promise<RoleModel> {
    // Only the rule-based player depends on the family.
    const key = name === "scripted" ? `${name} ${family.name}` : name;
    let opening = this.opened.get(key);
    if (opening === undefined) {
      opening = this.reach(name, family);
      this.opened.set(key, opening);
      // A server that is away now may be there for the next episode.
      opening.catch(() => this.opened.delete(key));
    }
    return opening;
  }

  private async reach(name: string, family: EnvironmentFamily): Promise<RoleModel> {
    const model = await createModel(name, {
      ...(family.player === undefined ? {} : { player: family.player }),
      limits: limitsOf(this.callSeconds),
      onFailure: ({ kind }) => this.gate.failed(kind),
    });
    this.models.push(model);
    return { model, info: await model.open(this.signal) };
  }
}
