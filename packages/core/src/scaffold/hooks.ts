import { z } from "zod";
import type { Features } from "../env/environment.ts";
import type { Effect } from "../env/family.ts";
import { type Json, jsonSchema } from "../json.ts";

/**
 * What a bundle's `scaffold.ts` may define: pure functions over JSON. They get declared inputs and return JSON, state included; the
 * host owns environment, store and model. Every answer is validated here, at the border.
 */

/** Facts common to all hooks at one step. `facts` is what `extract` made of the observation. */
export interface HookScene {
  readonly step: number;
  readonly turn: number;
  readonly features: Features;
  readonly facts: Json;
  readonly state: Json;
}

export interface HookInputs {
  /** Derives further facts from typed features (never from hidden state). */
  extract: { readonly step: number; readonly turn: number; readonly features: Features };
  /** Folds the outcome of the previous action into the state; runs once per step, before LOG. */
  reduce: HookScene & { readonly event: { readonly action: string; readonly effect: Effect } | null };
  notices: HookScene & { readonly phase: "log" | "plan"; readonly effect: Effect | null };
  /** Judges a commit before it counts. `rejections` were already made in this step. */
  gate: HookScene & { readonly action: string; readonly rejections: number };
  /** Shortens a file after LOG; returns its new text, or null to leave it. */
  retention: HookScene & { readonly file: string; readonly text: string };
}
export type HookName = keyof HookInputs;

const noticeSchema = z.strictObject({
  id: z.string().min(1).max(64),
  severity: z.enum(["info", "warn", "directive"]),
  placement: z.enum(["top", "section", "bottom"]),
  text: z.string().min(1).max(4000),
});
export type Notice = z.infer<typeof noticeSchema>;

const gateVerdictSchema = z.union([
  z.strictObject({ verdict: z.literal("pass") }),
  z.strictObject({ verdict: z.literal("reject"), gateId: z.string().max(64), reason: z.string().min(1).max(1000) }),
]);
export type GateVerdict = z.infer<typeof gateVerdictSchema>;

export interface HookOutputs {
  extract: Json;
  reduce: Json;
  notices: Notice[];
  gate: GateVerdict;
  retention: string | null;
}

export const hookOutputs: { readonly [H in HookName]: z.ZodType<HookOutputs[H]> } = {
  extract: jsonSchema,
  reduce: jsonSchema,
  notices: z.array(noticeSchema).max(32),
  gate: gateVerdictSchema,
  retention: z.string().nullable(),
};
