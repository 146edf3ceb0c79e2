import { parseOps } from "./grammar.ts";
import type { OpAttempt } from "./op.ts";

/** `ACTION: name` as a whole line. */
const actionLine = /^[ \t]*ACTION:[ \t]*(\S.*)$/i;

/**
 * The action a reply commits, as the model wrote it; null when it commits none. The last ACTION op counts, since earlier ones may be thinking
 * aloud; if that one is malformed nothing commits. Without any, `ACTION: name` counts as the last non-blank line, outside of ops (spec automem §1.9, I-11).
 */
export function findCommit(reply: string, attempts: readonly OpAttempt[]): string | null {
  const last = attempts.findLast((attempt) => attempt.name === "ACTION");
  if (last !== undefined) return last.ok ? (last.args.action ?? null) : null;
  const line = lastLine(reply);
  const opsEnd = attempts.at(-1)?.end ?? 0;
  return line.start >= opsEnd ? (actionLine.exec(line.text)?.[1] ?? null) : null;
}

/** The reply without anything that could commit: no ACTION op, well-formed or not, and no action line at its end. */
export function stripCommits(reply: string): string {
  let kept = "";
  let from = 0;
  for (const attempt of parseOps(reply)) {
    if (attempt.name !== "ACTION") continue;
    kept = joined(kept, reply.slice(from, attempt.offset));
    from = attempt.end;
  }
  kept = joined(kept, reply.slice(from)).trim();
  for (let line = lastLine(kept); actionLine.test(line.text); line = lastLine(kept)) {
    kept = kept.slice(0, line.start).trimEnd();
  }
  return kept;
}

/** Two rests of a reply; a line break keeps what stood around a removed op from growing together into a new tag. */
function joined(left: string, right: string): string {
  return left === "" || right === "" || left.endsWith("\n") || right.startsWith("\n")
    ? left + right
    : `${left}\n${right}`;
}

/** The last non-blank line. */
function lastLine(text: string): { readonly text: string; readonly start: number } {
  const trimmed = text.trimEnd();
  const start = trimmed.lastIndexOf("\n") + 1;
  return { text: trimmed.slice(start), start };
}
