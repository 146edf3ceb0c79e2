import { readLines } from "../../player/notes.ts";
import type { PromptView, RecentAction } from "../../player/parse-prompt.ts";
import { advance } from "./advance.ts";
import { directionNamed, neighbour } from "./geometry.ts";
import { freshKnowledge, type Knowledge } from "./knowledge.ts";
import { decode } from "./notes.ts";
import { parseSight, type Sight } from "./parse-observation.ts";

export interface Recalled {
  readonly known: Knowledge;
  /** It comes from notes, which are likely to be at hand next time too. */
  readonly noted: boolean;
  /** The observation was worked in only now; else the notes are of this very step, its plan included. */
  readonly fresh: boolean;
}

/** What is known at this step: the notes brought up to date, or else what the prompt itself shows of earlier steps. */
export function recall(view: PromptView, sight: Sight, step: number): Recalled {
  const noted = decode(readLines(view.results));
  if (noted !== null && noted.step === step) return { known: noted, noted: true, fresh: false };
  if (noted === null) return { known: replay(view, sight, step), noted: false, fresh: true };
  return { known: update(noted, view, sight, step), noted: true, fresh: true };
}

function update(noted: Knowledge, view: PromptView, sight: Sight, step: number): Knowledge {
  const last = view.recent.find((entry) => entry.step === step - 1)?.action ?? null;
  if (noted.step === step - 1) return advance(noted, last, sight, step);
  // What happened in between is not known.
  return advance({ ...noted, at: null, plan: null }, null, sight, step);
}

/** Plays the shown history over: all that a bundle without memory has. */
function replay(view: PromptView, sight: Sight, step: number): Knowledge {
  const seen = view.history.map(({ text, action }) => ({ sight: parseSight(text), action }));
  const [first] = seen;
  const { depth, turn } = (first?.sight ?? sight).status;
  let known = freshKnowledge(depth, turn);
  let action: string | null = null;
  const begin = step - seen.length;
  for (const [index, past] of seen.entries()) {
    known = advance(known, action, past.sight, Math.max(0, begin) + index);
    action = past.action;
  }
  const last = view.recent.find((entry) => entry.step === step - 1)?.action ?? null;
  known = advance(known, action ?? last, sight, step);
  return seen.length === 0 ? retrace(known, view.recent) : known;
}

/** What the list of latest actions tells somebody without notes: which steps led nowhere, and how long nothing has happened. */
function retrace(known: Knowledge, recent: readonly RecentAction[]): Knowledge {
  const blocked = new Map(known.level.blocked);
  let idle = 0;
  for (const { action, outcome } of recent.toReversed()) {
    if (outcome.includes("moved ") || outcome.includes("dungeon level")) break;
    if (outcome.includes("no game time passed")) idle++;
    const way = directionNamed(action.replace("far ", ""));
    const ahead = way === null || known.at === null ? null : neighbour(known.at, way);
    if (ahead !== null && known.at !== null && outcome.includes("did not move"))
      blocked.set(ahead, new Set([known.at]));
  }
  return { ...known, idle, level: { ...known.level, blocked } };
}
