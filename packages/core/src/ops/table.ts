import { type ArgumentSpec, opForm, opTable } from "./vocabulary.ts";

/** The vocabulary as the Markdown table of docs/ops.md; a test compares the two. */
export function opTableMarkdown(): string {
  const rows = opTable.map((op) => [
    op.name,
    op.kind,
    `\`${opForm(op)}\``,
    op.arguments.map(argumentText).join(", ") || "none",
    op.phases.join(", "),
    op.help,
  ]);
  const table = [["Op", "Kind", "Form", "Arguments", "Phases", "What it does"], Array<string>(6).fill("---"), ...rows];
  return table.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

function argumentText({ name, form, optional }: ArgumentSpec): string {
  return `${name}${optional ? "?" : ""}${name === form ? "" : `: ${form}`}`;
}
