import { existsSync, readFileSync, statSync } from "node:fs";
import { type ExactCounter, openCounter, UsageError } from "@metamem/core";
import { printJson, printLines } from "../console.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { fixed, plural } from "../render/numbers.ts";
import { printableLine } from "../render/printable.ts";
import { shownTokens, tokenLines } from "../render/token-view.ts";

export interface TokensOptions {
  readonly tokenizer: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** Lines of the view without `--full`. */
const shownLines = 40;

/** Counts a text's tokens exactly, and shows them. */
export async function tokensCommand(file: string, options: TokensOptions): Promise<number> {
  const text = readText(file);
  const counter = await openCounter(options.tokenizer);
  await counter.tokenizer.prepare([text]);
  const ids = counter.tokenizer.ids(text);
  const counts = countsOf(text, ids, counter);
  if (options.json === true) {
    printJson({
      schema: "metamem.tokens/1",
      tokenizer: options.tokenizer,
      file,
      exact: true,
      ...counts,
      ids: [...ids],
    });
    return 0;
  }
  const painter = new Painter(colourDepth({ isTty: process.stdout.isTTY, env: process.env }));
  const view = tokenLines(shownTokens(ids, counter.tokenizer.texts), painter);
  const shown = options.full === true ? view : view.slice(0, shownLines);
  const hidden = view.length - shown.length;
  printLines([
    ...shown,
    ...(hidden > 0 ? [painter.dim(`[${plural(hidden, "more line")}, shown with --full]`)] : []),
    ...(view.length > 0 ? [""] : []),
    `${painter.bold(plural(counts.tokens, "token"))} (${printableLine(options.tokenizer)}, exact)`,
    `${plural(counts.characters, "character")}, ${plural(counts.bytes, "byte")}, ${plural(counts.lines, "line")}, ${fixed(counts.bytesPerToken)} bytes per token`,
    `${plural(counts.promptTokens, "token")} as a prompt of this one message, with the chat template`,
  ]);
  return 0;
}

function countsOf(text: string, ids: Uint32Array, counter: ExactCounter) {
  const bytes = Buffer.byteLength(text);
  return {
    tokens: ids.length,
    promptTokens: counter.countPrompt([{ role: "user", content: text }]),
    characters: [...text].length,
    bytes,
    lines: text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    bytesPerToken: ids.length === 0 ? null : Number((bytes / ids.length).toFixed(3)),
  };
}

/** The text of a file, or of standard input for `-`. Bytes that are no UTF-8 count as replacement characters. */
function readText(file: string): string {
  if (file === "-") return readFileSync(0, "utf8");
  if (!existsSync(file)) throw new UsageError("file", `no file ${file}: give a text, or - for standard input`);
  if (!statSync(file).isFile())
    throw new UsageError("file", `${file} is no file: give a text, or - for standard input`);
  return readFileSync(file, "utf8");
}
