import type { OpName } from "./vocabulary.ts";

/** A well-formed op as it stands in a reply. `offset` and `end` are UTF-16 indexes into the reply text. */
export interface ParsedOp {
  readonly ok: true;
  readonly name: OpName;
  /** By argument name of the vocabulary; optional arguments that were not given are absent. */
  readonly args: Readonly<Record<string, string>>;
  readonly offset: number;
  readonly end: number;
}

/** An attempt that is not an op. It gets a result naming the expected form, and is never executed. */
export interface MalformedOp {
  readonly ok: false;
  /** As written, upper-cased and bounded; may be no op of ours. */
  readonly name: string;
  readonly reason: "unknown_op" | "unclosed" | "missing_argument" | "bad_argument";
  readonly message: string;
  readonly offset: number;
  readonly end: number;
}

export type OpAttempt = ParsedOp | MalformedOp;

/** What became of an attempt; stored in the trace and counted by the metrics (spec automem §8.3). */
export type OpStatus = "ok" | "malformed" | "denied" | "not_found" | "over_limit" | "refused";

export interface OpOutcome {
  readonly status: OpStatus;
  /** The result block shown to the model, header line included. */
  readonly text: string;
  /** Lines found (SEARCH, COUNT, READ, TAIL) before cutting. */
  readonly matches?: number;
  /** Write ops: nothing new was stored. */
  readonly repeat?: boolean;
}
