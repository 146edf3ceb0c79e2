import { z } from "zod";

/**
 * The protocol switches: how the method is played, apart from what the scaffold says. Named sets live in `seeds/protocols/*.json`;
 * `published` is the release's own, `default` is ours. What still deviates from the release is a table in docs/method.md.
 */
export const protocolSchema = z.strictObject({
  schema: z.literal("metamem.protocol/1"),
  name: z.string(),
  /** Model calls per step in LOG, and in PLAN (consult and commit each). */
  logCalls: z.int().min(1).max(50),
  planCalls: z.int().min(1).max(50),
  /** Output tokens per call. */
  maxOutputTokens: z.int().min(16),
  temperature: z.number().min(0).max(2),
  /** One corrective turn before the fallback when a reply holds neither op nor action. */
  correctiveTurn: z.boolean(),
  /** Reads that arrive together with a commit are answered before the commit counts. */
  answerReadsFirst: z.boolean(),
  /** A last LOG after the terminal observation. */
  finalLog: z.boolean(),
  /** Entries of (action, effect) shown to the model; 0 turns the part off. */
  recentActions: z.int().min(0).max(100),
  /** How "nothing changed" is judged: the family's effect model, or equality of observation texts as in the release. */
  effect: z.enum(["features", "text"]),
  /** Whose fallback action is used: the task's, or the release's fixed name. */
  fallback: z.union([z.literal("task"), z.strictObject({ fixed: z.string() })]),
  /** Words of observation texts are replaced as in the release, by the families that say how (`EnvironmentFamily.textSubstitutions`). */
  textSubstitutions: z.boolean(),
  /** Two-model protocol (consult, HANDOFF, commit): when the roles differ, or always (the control of spec automem §4). */
  handoff: z.enum(["when-roles-differ", "always"]),
  /** Extra construction options per family, e.g. autopickup. */
  environment: z.record(z.string(), z.record(z.string(), z.json())),
});
export type Protocol = z.infer<typeof protocolSchema>;
