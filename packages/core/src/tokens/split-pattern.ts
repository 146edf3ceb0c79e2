import { notByteLevel } from "./tokenizer-file.ts";

/**
 * A pattern of a `tokenizer.json`, written for Oniguruma, as a JavaScript expression that matches the same. The traps: white space is the
 * Unicode property there (JavaScript's `\s` has U+FEFF and lacks U+0085), `\d` is every decimal digit, and `.` leaves out only line feeds.
 * @throws SetupError for anything whose meaning differs and that is not translated.
 */
export function splitPattern(pattern: string, where: string): RegExp {
  const refuse = (problem: string) => notByteLevel(where, `pre_tokenizer: the pattern ${pattern} ${problem}`);
  let source = "";
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "\\") {
      const escaped = pattern.charAt(++at);
      const translated = translatedEscape(escaped, depth > 0);
      if (translated === null) throw refuse(`has \\${escaped}`);
      source += translated;
      continue;
    }
    if (character === "[" && depth++ > 0) throw refuse("has a class inside a class");
    if (character === "]") depth = Math.max(0, depth - 1);
    if (depth === 0 && (character === "^" || character === "$")) throw refuse(`has the anchor ${character}`);
    if (depth > 0 && pattern.startsWith("&&", at)) throw refuse("has an intersection of classes");
    source += character === "." && depth === 0 ? "[^\\n]" : character;
  }
  try {
    return new RegExp(source, "gu");
  } catch (cause) {
    throw refuse(`does not read here (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

const classes: Readonly<Record<string, string>> = {
  s: "\\p{White_Space}",
  S: "\\P{White_Space}",
  d: "\\p{Nd}",
  D: "\\P{Nd}",
};

/** Null for an escape that is not known to mean the same. */
function translatedEscape(escaped: string, inClass: boolean): string | null {
  const named = classes[escaped];
  if (named !== undefined) return named;
  if (/^[pPrntfux]$/.test(escaped)) return `\\${escaped}`;
  if (/^[\^$\\.*+?()[\]{}|/]$/.test(escaped) || (inClass && escaped === "-")) return `\\${escaped}`;
  // Escaped without need, which JavaScript forbids.
  return /^[\w]?$/.test(escaped) ? null : escaped;
}

/** How GPT-2 splits, built into the byte-level step where that is asked to split by itself. */
export const gpt2Pattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

const linewisePattern = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/**
 * Whether a piece always ends between a line feed and a visible ASCII character, and the pieces before do not depend on that character: so
 * in the patterns of Qwen2 and Llama 3, where nothing matches a line feed and something visible after it, and any white space up to the
 * last line feed is one piece.
 */
export function splitsByLine(pattern: string): boolean {
  return pattern.replace(String.raw`\p{N}{1,3}`, String.raw`\p{N}`) === linewisePattern;
}
