import { cleanText, shown } from "./text.ts";

/**
 * What is wrong with the key of a keyed line, as one line for the model; null when it is a key. The key of a line is what stands before
 * its first `: `, so a key holds none and does not end in a colon.
 */
export function keyProblem(key: string): string | null {
  if (key.trim() === "" || key !== key.trim()) return "the key is missing or has blanks around it";
  if (/[\r\n]/.test(key)) return "the key must be one line";
  if (key !== cleanText(key)) return `the key ${shown(key)} must not hold control characters`;
  if (key.includes(": ") || key.endsWith(":")) return `the key ${shown(key)} must not hold ": " nor end with ":"`;
  if (key.length > 200) return "the key is longer than 200 characters";
  return null;
}
