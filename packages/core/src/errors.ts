/**
 * The error tree. Every failure is attributed once, to the boundary it crossed; the boundary decides the exit code.
 * A message is one line: what happened, where, and what to do. Data for programs goes into `data`, never into prose.
 */

/** Where a failure belongs. `usage` and `setup` are the user's to mend; the others name the part that failed. */
export type Boundary =
  | "usage"
  | "setup"
  | "model"
  | "environment"
  | "scaffold"
  | "store"
  | "trace"
  | "interrupt"
  | "internal";

/** Process exit codes (docs/decisions/0001-contracts.md). */
export const exitCodes = { ok: 0, checkFailed: 1, usage: 2, setup: 3, model: 4, interrupted: 130 } as const;

const exitCodeByBoundary: Record<Boundary, number> = {
  usage: exitCodes.usage,
  setup: exitCodes.setup,
  model: exitCodes.model,
  environment: exitCodes.checkFailed,
  scaffold: exitCodes.checkFailed,
  store: exitCodes.setup,
  trace: exitCodes.checkFailed,
  interrupt: exitCodes.interrupted,
  internal: exitCodes.checkFailed,
};

/** The exit code of an error by its `code`, whose first word is the boundary: for errors that were stored or came from elsewhere. */
export function exitCodeOf(code: string): number {
  const boundary = code.split(".", 1)[0] as Boundary;
  return exitCodeByBoundary[boundary] ?? exitCodes.checkFailed;
}

export interface MetamemErrorOptions {
  readonly cause?: unknown;
  /** Machine-readable facts; must be JSON and must never hold a key or a header. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Base class. `code` is stable and dotted, e.g. `model.timeout`; its first word is the boundary's own name. */
export class MetamemError extends Error {
  override readonly name: string = "MetamemError";
  readonly code: string;
  readonly boundary: Boundary;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(boundary: Boundary, code: string, message: string, options: MetamemErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.boundary = boundary;
    this.code = code;
    this.data = options.data ?? {};
  }

  get exitCode(): number {
    return exitCodeByBoundary[this.boundary];
  }
}

/** The caller asked for something that cannot be: unknown task, bad option, unreadable path. */
export class UsageError extends MetamemError {
  override readonly name = "UsageError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("usage", `usage.${code}`, message, options);
  }
}

/** Something the machine lacks: compiled addon, writable folder, tool. */
export class SetupError extends MetamemError {
  override readonly name = "SetupError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("setup", `setup.${code}`, message, options);
  }
}

/** A model call failed. `retryable` is decided where the fact is known: in the driver that saw the response. */
export class ModelError extends MetamemError {
  override readonly name = "ModelError";
  readonly retryable: boolean;
  constructor(code: string, message: string, options: MetamemErrorOptions & { readonly retryable?: boolean } = {}) {
    super("model", `model.${code}`, message, options);
    this.retryable = options.retryable ?? false;
  }
}

/** An environment was misused (closed handle, unlisted action) or failed. */
export class EnvironmentError extends MetamemError {
  override readonly name = "EnvironmentError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("environment", `environment.${code}`, message, options);
  }
}

/** A scaffold bundle is malformed, broke its contract at run time, or overflowed the prompt budget. */
export class ScaffoldError extends MetamemError {
  override readonly name = "ScaffoldError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("scaffold", `scaffold.${code}`, message, options);
  }
}

/** The memory directory itself failed (disk full, removed under us). What a model gets wrong is an op result, not this. */
export class StoreError extends MetamemError {
  override readonly name = "StoreError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("store", `store.${code}`, message, options);
  }
}

/** A trace is unreadable, or a replay diverged from what was recorded. */
export class TraceError extends MetamemError {
  override readonly name = "TraceError";
  constructor(code: string, message: string, options?: MetamemErrorOptions) {
    super("trace", `trace.${code}`, message, options);
  }
}

/** Any thrown value as a MetamemError, attributed to `boundary` unless it already carries one. */
export function attribute(error: unknown, boundary: Boundary): MetamemError {
  if (error instanceof MetamemError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new MetamemError(boundary, `${boundary}.unexpected`, message, { cause: error });
}
