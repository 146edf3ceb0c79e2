import { readLines } from "../../player/notes.ts";
import type { PromptView, RecentAction } from "../../player/parse-prompt.ts";
import { advance, type Deed, walk } from "./advance.ts";
import { directionOfAction } from "./geometry.ts";
import { freshKnowledge, type Knowledge } from "./knowledge.ts";
import { decode, decodeProgress } from "./notes.ts";
import { parseSight, type Sight } from "./parse-observation.ts";
import { movedBy, retrace } from "./retrace.ts";

/** What is known at this step: the notes brought up to date, or else what the prompt itself shows of earlier steps. */
export function recall(view: PromptView, sight: Sight, step: number): Knowledge {
  const lines = readLines(view.results);
  const noted = decode(lines);
  if (noted !== null && noted.step === step) return noted;
  const followed = noted === null ? null : follow(noted, view.recent, sight, step);
  if (followed !== null) return followed;
  if (view.history.length > 0) return replay(view, sight, step);
  if (step === 0) return advance(freshKnowledge(true), null, sight, 0);
  const fromStart = follow({ ...freshKnowledge(true), step: 0 }, view.recent, sight, step);
  if (fromStart !== null) return fromStart;
  const traced = retrace(view.recent, sight, step);
  return advance({ ...traced, done: new Map([...traced.done, ...decodeProgress(lines)]) }, null, sight, step);
}

/** Brings what was known at an earlier step up to date by the list of latest actions; null when that leaves a gap. */
function follow(known: Knowledge, recent: readonly RecentAction[], sight: Sight, step: number): Knowledge | null {
  if (known.step === null || known.step >= step) return null;
  let now = known;
  for (let done = known.step; done < step; done++) {
    const entry = recent.find((candidate) => candidate.step === done);
    if (entry === undefined) return null;
    const deed: Deed = { action: entry.action, moved: movedBy(entry.outcome) };
    // What was seen in between is not shown any more; only the last deed led to what is seen now.
    now = done === step - 1 ? advance(now, deed, sight, step) : { ...now, ...walkedUnseen(now, deed) };
  }
  return now;
}

function walkedUnseen(known: Knowledge, deed: Deed): Pick<Knowledge, "at" | "facing"> {
  const direction = directionOfAction(deed.action);
  return direction === null ? known : walk(known, direction, deed.moved ?? true);
}

/** Plays the shown history over: all that a bundle without memory has. */
function replay(view: PromptView, sight: Sight, step: number): Knowledge {
  const first = step - view.history.length;
  let known = freshKnowledge(first <= 0);
  let deed: Deed | null = null;
  for (const [index, { text, action }] of view.history.entries()) {
    known = advance(known, deed, parseSight(text), Math.max(0, first) + index);
    deed = { action, moved: null };
  }
  return advance(known, deed, sight, step);
}
