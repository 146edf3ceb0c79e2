import type { Effect } from "../env/family.ts";
import type { Json } from "../json.ts";
import { findOp, opForm, type Phase } from "../ops/vocabulary.ts";
import type { HookScene, Notice } from "../scaffold/hooks.ts";
import type { HostSource, PartSpec } from "../scaffold/manifest.ts";
import { type PromptMessage, renderParts } from "../scaffold/parts.ts";
import { actionList } from "./action-list.ts";
import { fileIndex, pinnedFiles } from "./memory-view.ts";
import { type EpisodeSetup, record, type Scene } from "./runtime.ts";

/** What the host knows about a step beyond the observation itself. */
export interface SceneFacts {
  readonly lastAction: { readonly raw: string | null; readonly executed: string } | null;
  readonly effect: Effect | null;
  /** Rendered ring of recent actions; empty when there is none. */
  readonly recent: string;
  readonly facts: Json;
  readonly state: Json;
  readonly lastWritten: ReadonlyMap<string, number>;
  /** Earlier steps as messages, for context bundles. */
  readonly history: readonly PromptMessage[];
  readonly twoModels: boolean;
}

/** Builds every prompt of one step from the bundle's part lists and what the host knows. */
export class PromptRoom {
  readonly scene: Scene;
  private readonly setup: EpisodeSetup;
  private readonly known: SceneFacts;
  private notices: readonly Notice[] = [];

  constructor(setup: EpisodeSetup, scene: Scene, known: SceneFacts) {
    this.setup = setup;
    this.scene = scene;
    this.known = known;
  }

  /** The first messages of a phase. Asks the scaffold for its notices. */
  async open(phase: "log" | "plan"): Promise<PromptMessage[]> {
    this.notices = await this.askNotices(phase);
    const limit = phase === "log" ? this.setup.protocol.logCalls : this.setup.protocol.planCalls;
    return this.render(this.setup.bundle.manifest.prompts[phase], phase, { callsLeft: limit });
  }

  followUp(phase: "log" | "plan", results: string, callsLeft: number): PromptMessage[] {
    const { logFollowUp, planFollowUp } = this.setup.bundle.manifest.prompts;
    return this.render(phase === "log" ? logFollowUp : planFollowUp, phase, { results, callsLeft });
  }

  correction(problem: string): PromptMessage[] {
    return this.render(this.setup.bundle.manifest.prompts.correction, "plan", { problem });
  }

  handoff(results: string): PromptMessage[] {
    return this.render(this.setup.bundle.manifest.prompts.handoff, "plan", { results, opsPhase: "commit" });
  }

  hookScene(): HookScene {
    const { step, observation } = this.scene;
    return {
      step,
      turn: observation.turn,
      features: observation.features,
      facts: this.known.facts,
      state: this.known.state,
    };
  }

  private render(
    specs: readonly PartSpec[],
    phase: "log" | "plan",
    extra: {
      readonly results?: string;
      readonly problem?: string;
      readonly callsLeft?: number;
      readonly opsPhase?: Phase;
    },
  ): PromptMessage[] {
    const { family, maxSteps } = this.setup;
    const { step, observation } = this.scene;
    const opsPhase = extra.opsPhase ?? (phase === "log" ? "log" : this.known.twoModels ? "consult" : "commit");
    return renderParts(this.setup.bundle, specs, {
      family: family.name,
      slots: {
        game: family.title,
        step,
        turn: observation.turn,
        maxSteps,
        callsLeft: extra.callsLeft ?? 0,
        problem: extra.problem ?? "",
      },
      history: this.known.history,
      source: (name) => this.source(name, phase, opsPhase, extra.results ?? "", extra.problem ?? ""),
    });
  }

  private source(
    name: Exclude<HostSource, "history">,
    phase: "log" | "plan",
    opsPhase: Phase,
    results: string,
    problem: string,
  ): string {
    const { family, environment, bundle, store } = this.setup;
    const { task } = environment;
    switch (name) {
      case "role":
        return family.instruction(task).role;
      case "goal":
        return family.instruction(task).goal;
      case "observation-guide":
        return family.instruction(task).observationGuide;
      case "actions":
        return madeOnce(task.actions, actionList);
      case "ops":
        return madeOnce(bundle.manifest.ops[opsPhase], opsHelp);
      case "file-index":
        return fileIndex(store, bundle.manifest, family.name, this.known.lastWritten);
      case "pinned":
        return pinnedFiles(store, bundle.manifest, phase);
      case "recent":
        return this.known.recent;
      case "last-action":
        return this.lastAction();
      case "clock":
        return `Step ${this.scene.step} of ${this.setup.maxSteps}, game turn ${this.scene.observation.turn}.`;
      case "notices-top":
        return this.noticeText("top");
      case "notices":
        return this.noticeText("section");
      case "notices-bottom":
        return this.noticeText("bottom");
      case "observation":
        return this.scene.observation.longTerm;
      case "status":
        return this.scene.observation.shortTerm;
      case "results":
        return results;
      case "problem":
        return problem;
    }
  }

  private lastAction(): string {
    const { lastAction, effect } = this.known;
    if (lastAction === null) return "";
    const asked =
      lastAction.raw !== null && lastAction.raw !== lastAction.executed
        ? ` (you wrote "${lastAction.raw.slice(0, 60)}")`
        : "";
    return `Last action, at step ${this.scene.step - 1}: ${lastAction.executed}${asked}. What it did: ${effect?.summary ?? "unknown"}.`;
  }

  private async askNotices(phase: "log" | "plan"): Promise<readonly Notice[]> {
    const { runner, sink } = this.setup;
    if (!runner.has("notices")) return [];
    const notices = await runner.call("notices", { ...this.hookScene(), phase, effect: this.known.effect });
    for (const notice of notices) {
      const blob = sink.blob(notice.text);
      record(this.setup, {
        kind: "notice",
        step: this.scene.step,
        noticeId: notice.id,
        severity: notice.severity,
        phase: phase === "log" ? "log" : "commit",
        blob,
      });
    }
    return notices;
  }

  private noticeText(placement: Notice["placement"]): string {
    return this.notices
      .filter((notice) => notice.placement === placement)
      .map((notice) => notice.text)
      .join("\n");
  }
}

/** Texts that are the same at every step, by the list they are made from. */
const madeTexts = new WeakMap<readonly unknown[], string>();

function madeOnce<T>(list: readonly T[], make: (list: readonly T[]) => string): string {
  const known = madeTexts.get(list);
  if (known !== undefined) return known;
  const text = make(list);
  madeTexts.set(list, text);
  return text;
}

/** The ops a phase offers, as forms with one line of help each. */
function opsHelp(names: readonly string[]): string {
  const specs = names.flatMap((name) => findOp(name) ?? []);
  return ["Commands:", ...specs.map((op) => `- ${opForm(op)}: ${op.help}`)].join("\n");
}
