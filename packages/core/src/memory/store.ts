import type { Hash } from "../hash.ts";

/** Bounds that keep every prompt and every file small, whatever a model writes. Bytes are UTF-8 bytes. */
export interface MemoryLimits {
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly files: number;
  /** Text of one result shown to the model; longer ones are cut visibly. */
  readonly resultBytes: number;
  readonly resultLines: number;
}

export const defaultMemoryLimits: MemoryLimits = {
  fileBytes: 256 * 1024,
  totalBytes: 2 * 1024 * 1024,
  files: 64,
  resultBytes: 16 * 1024,
  resultLines: 400,
};

/** Why an operation was refused. Refusals are results, never exceptions, and change nothing. */
export type StoreFault =
  | "bad_name"
  | "not_found"
  | "exists"
  | "no_match"
  | "ambiguous"
  | "over_limit"
  | "bad_argument"
  | "op_tag"
  | "read_only";

export interface Refusal {
  readonly ok: false;
  readonly fault: StoreFault;
  /** One line for the model: what is wrong and what to do. */
  readonly message: string;
}

/** Lines as shown to a model, already bounded. */
export interface Excerpt {
  readonly ok: true;
  /** `line` is 1-based in `file`. */
  readonly lines: readonly { readonly file: string; readonly line: number; readonly text: string }[];
  /** Lines that matched or were asked for, before cutting. */
  readonly total: number;
  /** True when lines or parts of lines were left out. */
  readonly truncated: boolean;
}

export interface Counted {
  readonly ok: true;
  readonly matches: number;
}

export interface FileStat {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  readonly hash: Hash;
}

export interface Listing {
  readonly ok: true;
  readonly files: readonly FileStat[];
}

/**
 * One change, complete enough to rebuild the store: `write` and `append` carry their text, `splice` carries byte edits in the
 * old file's coordinates (ascending, not overlapping), `delete` carries nothing.
 */
export interface MemoryDelta {
  readonly file: string;
  readonly change: "create" | "append" | "write" | "splice" | "delete";
  readonly text?: string;
  readonly splices?: readonly { readonly at: number; readonly remove: number; readonly insert: string }[];
  /** Hash of the file's bytes before (null: absent) and after (null: deleted). */
  readonly before: Hash | null;
  readonly after: Hash | null;
  /** Hash of the whole store after the change. */
  readonly storeHash: Hash;
  /** Size of the file after the change. */
  readonly bytes: number;
}

export interface Changed {
  readonly ok: true;
  /** Null when the operation was valid and left every byte as it was. */
  readonly delta: MemoryDelta | null;
  /** The file did not exist before. */
  readonly created: boolean;
  /** Lines added, replaced or removed. */
  readonly lines: number;
  /** Nothing new was stored (spec automem §7.3, repeat write). */
  readonly repeat: boolean;
}

/**
 * Keyword query: a disjunction of conjunctions. `[["cow"], ["water", "west"]]` is `cow OR (water AND west)`. A keyword is a
 * substring; ASCII letters match in either case, everything else byte for byte.
 */
export type Query = readonly (readonly string[])[];

/** A file, a folder with or without a final `/`, or `*` for all files. */
export type SearchTarget = string;

/** Full content, for keyframes and exports. */
export interface MemoryImage {
  readonly files: Readonly<Record<string, string>>;
  readonly storeHash: Hash;
}

/**
 * A directory of UTF-8 text files. Names are relative paths of 1 to 3 segments of `[a-z0-9._-]`, each 1 to 64 characters, none starting
 * or ending with a dot or named like a device; anything else is refused, never rewritten. Files are lines ending in one line break. Every method either
 * completes or refuses and changes nothing. Only a failing disk throws (`StoreError`).
 */
export interface MemoryStore {
  readonly limits: MemoryLimits;
  /** Lines `from`…`to` (1-based, inclusive); the whole file without a range. */
  read(file: string, range?: { readonly from: number; readonly to: number }): Excerpt | Refusal;
  search(target: SearchTarget, query: Query): Excerpt | Refusal;
  tail(file: string, lines: number): Excerpt | Refusal;
  count(target: SearchTarget, query: Query): Counted | Refusal;
  /** Files of a target in order of their names; all files without one. */
  list(target?: SearchTarget): Listing | Refusal;
  /** Texts are stored as lines: blanks at their end are dropped, one line break is added, CR LF becomes LF. Op tags are refused. */
  append(file: string, text: string): Changed | Refusal;
  write(file: string, text: string): Changed | Refusal;
  create(file: string, text: string): Changed | Refusal;
  /** Replaces the one occurrence of `old`; none or several are refused. */
  replace(file: string, old: string, text: string): Changed | Refusal;
  /** Removes the file, or with a query the lines that match it. */
  delete(file: string, query?: Query): Changed | Refusal;
  /**
   * Makes `key: value` the one line of its key: in place of the first such line, further ones removed, or else at the end. `value` is one line, trimmed.
   */
  upsert(file: string, key: string, value: string): Changed | Refusal;
  /** Hash of names and contents; equal stores have equal hashes, whatever their history. */
  hash(): Hash;
  image(): MemoryImage;
  /** Replays a recorded change without checking limits; throws `StoreError` when the hashes do not fit. */
  apply(delta: MemoryDelta): void;
  close(): void;
}
