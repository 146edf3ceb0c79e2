import fc from "fast-check";
import { type ArgumentForm, type OpName, type OpSpec, opTable } from "./vocabulary.ts";

/** Test data: replies as models, and worse, write them. */

const fragments = [
  ...opTable.flatMap(({ name }) => [`<|${name}|>`, `<${name.toLowerCase()}>`, `</${name}>`]),
  ...["<|END|>", "<END}", "<|end|>", "<|FOO|>", "<|im_end|>", "<", "|", ">", "|>", "<|", "/", "\\", "\n", "\r\n", " "],
  ...[
    "ACTION:",
    "ACT",
    "ION",
    "RE",
    "AD",
    "END",
    "a.txt",
    "maps/b",
    "*",
    "cow",
    "k",
    "3",
    "1-2",
    "AND",
    " OR ",
    "\ud800",
    "é",
  ],
];

/** Mostly tags and their debris. */
export const arbitraryReply: fc.Arbitrary<string> = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...fragments), weight: 12 }, fc.string({ maxLength: 5 })), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(""));

const word = fc.stringMatching(/^[a-zA-Zé\\|<>:.,-]{1,8}$/);
const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
const text = fc
  .array(fc.oneof(line, fc.constantFrom("", " indented")), { minLength: 1, maxLength: 4 })
  .map((lines) => lines.join("\n"));

const forms: Record<ArgumentForm, fc.Arbitrary<string>> = {
  file: fc.constantFrom("a.txt", "maps/b.txt", "x|y"),
  target: fc.constantFrom("*", "maps/", "a.txt"),
  query: fc.constantFrom("cow", "cow AND lake", "a|b OR c\\", "x AND y OR z"),
  number: fc.integer({ min: 1, max: 400 }).map(String),
  range: fc.constantFrom("1", "3-9", "80-"),
  key: fc.stringMatching(/^[a-z3,|\\]{1,6}$/),
  action: line,
  quoted: fc.oneof(
    text,
    text.map((each) => `\n${each}\n`),
  ),
  text,
};

/** A well-formed op in canonical arguments: what `renderOp` must be able to write. */
export const arbitraryOp: fc.Arbitrary<{ name: OpName; args: Record<string, string> }> = fc
  .constantFrom(...opTable)
  .chain((op) => fc.record({ name: fc.constant(op.name), args: argumentsOf(op) }))
  .filter(({ args }) => Object.values(args).every((value) => value.trim() !== "" && !/<[|/]?(\w|\s)/.test(value)));

function argumentsOf(op: OpSpec): fc.Arbitrary<Record<string, string>> {
  const required = op.arguments.filter((spec) => !spec.optional).map((spec) => spec.name);
  const all = Object.fromEntries(
    op.arguments.map(({ name, form }) => [
      name,
      form === "text" ? forms.text.map((each) => each.trimEnd()) : forms[form],
    ]),
  );
  return fc.record(all, { requiredKeys: required });
}
