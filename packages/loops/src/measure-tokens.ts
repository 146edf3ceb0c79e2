import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type ExactCounter,
  exactCounter,
  type ModelRole,
  openTraceReader,
  PrefixCache,
  type TokenizerName,
  type TraceReader,
  UsageError,
} from "@metamem/core";
import { RunFolder } from "./rollout/run-folder.ts";

/** The tokens of recorded episodes, as their calls report them. */
export interface MeasuredTokens {
  readonly episodes: number;
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  /** All counts are the server's or an exact counter's, none an estimate. */
  readonly exact: boolean;
  /** Prompt tokens that the servers found in their caches; null unless all calls say. */
  readonly cachedByServer: number | null;
  /** Prompt tokens that a prefix cache of each model's own would have found, episode after episode. */
  readonly reusable: number;
  /** Tokenizer by which `reusable` was worked out; a stand-in for models whose own is not known. */
  readonly tokenizer: TokenizerName;
}

interface Tally {
  calls: number;
  input: number;
  output: number;
  exact: boolean;
  cached: number | null;
  counted: number;
  found: number;
}

/** How far the counting is. */
export interface MeasureProgress {
  readonly episodes: number;
  /** Share of all recorded bytes that is read. */
  readonly share: number;
}

/**
 * Adds up the calls of one episode's folder, of a run's episodes, or of all episodes under a folder. What a run put aside does not count.
 * @throws UsageError when there is none; TraceError for a damaged one.
 */
export async function measureTokens(
  folder: string,
  onStep: (progress: MeasureProgress) => void = () => {},
): Promise<MeasuredTokens> {
  const folders = episodesUnder(folder, 4);
  if (folders.length === 0) {
    throw new UsageError(
      "trace",
      `no trace in ${folder}: give the folder of an episode, or one that holds such folders`,
    );
  }
  const counter = await exactCounter(standIn);
  const caches = new Map<string, PrefixCache>();
  const tally: Tally = { calls: 0, input: 0, output: 0, exact: true, cached: 0, counted: 0, found: 0 };
  const sizes = folders.map((episode) => statSync(join(episode, "events.jsonl"), { throwIfNoEntry: false })?.size ?? 0);
  const all = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let done = 0;
  for (const [index, episode] of folders.entries()) {
    const size = sizes[index] ?? 0;
    const reader = openTraceReader(episode, { trusted: true });
    try {
      for (let step = 0; step < reader.stepCount; step++) {
        onStep({ episodes: folders.length, share: (done + (size * step) / reader.stepCount) / all });
        addStep(reader, step, counter, caches, tally);
      }
    } finally {
      reader.close();
    }
    done += size;
  }
  const share = tally.counted === 0 ? 0 : tally.found / tally.counted;
  return {
    episodes: folders.length,
    calls: tally.calls,
    input: tally.input,
    output: tally.output,
    exact: tally.exact,
    cachedByServer: tally.cached,
    // As a share, because the model's own count of the same prompts may be another.
    reusable: Math.round(share * tally.input),
    tokenizer: standIn,
  };
}

/** Shares of prompts hardly depend on whose tokens they are counted in. */
const standIn: TokenizerName = "qwen2.5";

function addStep(
  reader: TraceReader,
  step: number,
  counter: ExactCounter,
  caches: Map<string, PrefixCache>,
  tally: Tally,
): void {
  const events = [...reader.events(step, step)];
  for (const event of events) {
    if (event.kind !== "call") continue;
    const { prompt, cached, output, exact } = event.tokens;
    tally.calls += 1;
    tally.input += prompt;
    tally.output += output;
    tally.exact &&= exact;
    tally.cached = tally.cached === null || cached === null ? null : tally.cached + cached;
    const ids = counter.promptIds(reader.messagesIn(events, event.callId));
    tally.counted += ids.length;
    const reply = counter.tokenizer.ids(reader.text(event.reply));
    tally.found += cacheOf(reader, event.role, caches).add({ prompt: ids, output: reply });
  }
}

/** Models do not share caches, and neither do an adapter and its base. */
function cacheOf({ header }: TraceReader, role: ModelRole, caches: Map<string, PrefixCache>): PrefixCache {
  const model = String(header.roles[role].spec);
  const known = caches.get(model);
  if (known !== undefined) return known;
  const cache = new PrefixCache();
  caches.set(model, cache);
  return cache;
}

function episodesUnder(folder: string, depth: number): string[] {
  if (existsSync(join(folder, "header.json"))) return [folder];
  if (existsSync(join(folder, "run.json"))) {
    const { run, record } = RunFolder.open(folder);
    return record.episodes.map(({ id }) => run.episode(id)).filter((path) => existsSync(join(path, "header.json")));
  }
  if (depth === 0 || !existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => episodesUnder(join(folder, name), depth - 1));
}
