import type { CallFailure, ChatModel, EnvironmentFamily, MetamemError, ModelRole, RoleModel } from "@metamem/core";
import type { EpisodeSpec } from "../episode-spec.ts";
import { reachModel } from "../reach-model.ts";
import { type AdapterFolders, AdapterKeeper } from "../servers/adapter-keeper.ts";
import type { CallGate } from "./call-gate.ts";
import { GatedModel } from "./gated-model.ts";

/** The models of a run: each is reached once, however many episodes ask it. */
export class ModelPool {
  private readonly opened = new Map<string, Promise<RoleModel>>();
  private readonly models: ChatModel[] = [];
  private readonly gate: CallGate;
  private readonly callSeconds: number;
  private readonly signal: AbortSignal;
  private readonly adapters: AdapterKeeper;

  /** @param adapters the run's, looked up whenever a server has to be told of one. */
  constructor(gate: CallGate, callSeconds: number, signal: AbortSignal, adapters: () => AdapterFolders) {
    this.gate = gate;
    this.callSeconds = callSeconds;
    this.signal = signal;
    this.adapters = new AdapterKeeper(adapters);
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
    this.adapters.close();
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

  private reach(name: string, family: EnvironmentFamily): Promise<RoleModel> {
    const { adapters, signal, callSeconds } = this;
    const onFailure = ({ kind }: CallFailure): void => this.gate.failed(kind);
    return reachModel(name, family, { adapters, signal, callSeconds, onFailure }, (model) => this.models.push(model));
  }
}
