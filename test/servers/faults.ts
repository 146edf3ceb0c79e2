import { createRng, samplingSeed } from "@metamem/core";

/** What the server does instead of answering properly. */
export type Fault =
  /** An error status with a body in OpenAI's form. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly error?: unknown;
    }
  /** Reads the request and never answers. */
  | { readonly kind: "silence" }
  /** Answers properly after a while. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Closes the connection in the middle of the body. */
  | { readonly kind: "reset" }
  /** Status 200 with a body that is no reply. */
  | { readonly kind: "garbage"; readonly body: GarbageName }
  /** The proper text with another finish reason. */
  | { readonly kind: "finish"; readonly reason: string }
  /** A well-formed reply padded to so many bytes. */
  | { readonly kind: "oversized"; readonly bytes: number };

export type GarbageName = keyof typeof garbageBodies;

/** [content type, body] of answers that are no replies. */
export const garbageBodies = {
  text: ["text/plain", "upstream says hello"],
  html: ["text/html", "<!doctype html><title>Sign in</title>"],
  notJson: ["application/json", "so sorry"],
  truncated: ["application/json", '{"choices":[{"message":{"content":"half a re'],
  empty: ["application/json", ""],
  noChoices: ["application/json", '{"choices":[]}'],
  nullContent: ["application/json", '{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}'],
  list: ["application/json", "[]"],
} as const satisfies Record<string, readonly [string, string]>;

/** One attempt as the plan sees it. */
export interface Attempt {
  readonly callId: string;
  /** From 1, within the call. */
  readonly attempt: number;
  /** From 0, over all requests of the server. */
  readonly index: number;
}

/** Decides before each answer; null lets it through. */
export type FaultPlan = (attempt: Attempt) => Fault | null;

/** The given faults for the first requests, then none. */
export function inOrder(...faults: readonly (Fault | null)[]): FaultPlan {
  return ({ index }) => faults[index] ?? null;
}

/** The same fault for ever. */
export function always(fault: Fault): FaultPlan {
  return () => fault;
}

/**
 * Spoils a share of all attempts with one of `faults`. Which ones depends on seed, call and attempt only, so that an episode meets the
 * same faults however often it is played. At most `inARow` attempts of one call are spoilt.
 */
export function seeded(seed: number, share: number, inARow: number, faults: readonly Fault[]): FaultPlan {
  return ({ callId, attempt }) => {
    const rng = createRng(samplingSeed(seed, callId, attempt));
    return attempt <= inARow && rng.next() < share ? rng.pick(faults) : null;
  };
}
