/**
 * The one vocabulary of the agent: memory ops and the control ops DONE, ACTION and HANDOFF. Prompts, executor, metrics, docs/ops.md and
 * training data all derive from this table.
 */

export type OpName =
  | "READ"
  | "SEARCH"
  | "LIST"
  | "TAIL"
  | "COUNT"
  | "APPEND"
  | "WRITE"
  | "CREATE"
  | "REPLACE"
  | "DELETE"
  | "UPSERT"
  | "DONE"
  | "ACTION"
  | "HANDOFF";

/** `read` ops answer, `write` ops change the store, `control` ops steer the step. */
export type OpKind = "read" | "write" | "control";

/** `log` records, `consult` reads (two-model play only), `commit` reads and acts. */
export type Phase = "log" | "consult" | "commit";

/** How an argument is read (docs/ops.md, "Arguments by form"). */
export type ArgumentForm = "file" | "target" | "query" | "number" | "range" | "key" | "action" | "quoted" | "text";

export interface ArgumentSpec {
  readonly name: string;
  readonly form: ArgumentForm;
  /** May be left out together with its `|`. */
  readonly optional: boolean;
  /** May be given and empty. */
  readonly blank: boolean;
}

export interface OpSpec {
  readonly name: OpName;
  readonly kind: OpKind;
  /** A bare op is a lone tag: no body, no `<|END|>`. */
  readonly bare: boolean;
  readonly arguments: readonly ArgumentSpec[];
  /** Where the method allows the op at all; a scaffold may narrow this, never widen it. */
  readonly phases: readonly Phase[];
  /** One line for prompts. */
  readonly help: string;
}

function spec(name: OpName, kind: OpKind, phases: readonly Phase[], argumentsText: string, help: string): OpSpec {
  return { name, kind, bare: argumentsText === "-", arguments: parseArguments(argumentsText), phases, help };
}

/** `file:file lines:range? text:text_` -> argument specs; `?` marks an optional one, `_` one that may be empty. */
function parseArguments(text: string): ArgumentSpec[] {
  if (text === "-") return [];
  return text.split(" ").map((item) => {
    const [, name = "", form = "", marks = ""] = /^(\w+):([a-z]+)([?_]*)$/.exec(item) ?? [];
    return { name, form: form as ArgumentForm, optional: marks.includes("?"), blank: marks.includes("_") };
  });
}

const everywhere: readonly Phase[] = ["log", "consult", "commit"];

export const opTable: readonly OpSpec[] = [
  spec("READ", "read", everywhere, "file:file lines:range?", "show a file, or only lines a-b of it"),
  spec(
    "SEARCH",
    "read",
    everywhere,
    "target:target keywords:query",
    "show the lines of one file (or of all: *) that hold the keywords",
  ),
  spec("LIST", "read", everywhere, "folder:target?", "show the files with their sizes"),
  spec("TAIL", "read", everywhere, "file:file count:number", "show the last lines of a file"),
  spec("COUNT", "read", everywhere, "target:target keywords:query", "count the lines that hold the keywords"),
  spec("APPEND", "write", ["log"], "file:file text:text", "add lines at the end of a file"),
  spec("WRITE", "write", ["log"], "file:file text:text_", "replace the whole content of a file"),
  spec("CREATE", "write", ["log"], "file:file text:text?_", "make a new file, which must not exist yet"),
  spec(
    "REPLACE",
    "write",
    ["log"],
    "file:file old:quoted new:text_",
    "replace the one place where the old text stands",
  ),
  spec(
    "DELETE",
    "write",
    ["log"],
    "file:file keywords:query?",
    "remove the lines that hold the keywords, or the whole file",
  ),
  spec(
    "UPSERT",
    "write",
    ["log"],
    "file:file key:key value:text",
    "keep one line per key: replace the line of that key or add it",
  ),
  spec("DONE", "control", ["log"], "-", "finish logging"),
  spec("HANDOFF", "control", ["consult"], "-", "finish consulting and let the other model act"),
  spec("ACTION", "control", ["commit"], "action:action", "commit this game action"),
];

const byName: ReadonlyMap<string, OpSpec> = new Map(opTable.map((op) => [op.name, op]));

export function findOp(name: string): OpSpec | undefined {
  return byName.get(name.toUpperCase());
}

/** The form a prompt or an error shows, e.g. `<|TAIL|>file|count<|END|>`. */
export function opForm(op: OpSpec): string {
  if (op.bare) return `<|${op.name}|>`;
  const required = op.arguments.filter((argument) => !argument.optional).map((argument) => argument.name);
  const optional = op.arguments.filter((argument) => argument.optional).map((argument) => argument.name);
  const tail = optional.map((name) => (required.length > 0 ? `[|${name}]` : `[${name}]`)).join("");
  return `<|${op.name}|>${required.join("|")}${tail}<|END|>`;
}
