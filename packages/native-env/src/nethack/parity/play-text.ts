import { sha256 } from "@metamem/core";
import type { Difference } from "../../parity/check-recordings.ts";
import { type Comparison, compare, differs, type Unchecked } from "../../parity/comparison.ts";
import { differingLine } from "../../parity/differing-line.ts";
import type { TextName } from "../raw-arrays.ts";
import type { TextGame as GameOf } from "../text-game.ts";
import type { TextRecording } from "./recording.ts";

type TextGame = GameOf<TextName>;

/** How an episode of some task is played again. */
export interface Replay<Game extends TextGame> {
  open(): Game;
  /** The addon's number of what an agent said, valid or not. */
  action(said: string): number;
  episodeReturn(game: Game): number;
  /** The record of the episode in the benchmark's names. */
  record(game: Game): Record<string, unknown>;
}

/** Digits of a step's hash. */
const hashDigits = 16;

/** Plays a recorded episode and compares texts, rewards, ends and the record of the episode. Undefined when all agree. */
export function playText<Game extends TextGame>(
  recorded: TextRecording,
  replay: Replay<Game>,
  unchecked: Unchecked,
): Difference | undefined {
  const game = replay.open();
  const chain = new Bun.CryptoHasher("sha256");
  try {
    game.reset(recorded.core, recorded.disp);
    chain.update(joined(game), "latin1");
    const atStart = compareStart(game, recorded);
    if (atStart !== undefined) return { step: 0, ...atStart };
    for (const [index, said] of recorded.actions.entries()) {
      if (game.terminated || game.truncated) return { step: index, ...compare("over", false, true) };
      game.step(replay.action(said));
      const difference = compareStep(game, recorded, index, chain);
      if (difference !== undefined) return { step: index + 1, ...difference };
    }
    const difference = [...compareEnd(game, recorded, replay, chain, unchecked)].find(differs);
    return difference === undefined ? undefined : { step: recorded.actions.length, ...difference };
  } finally {
    game.close();
  }
}

/** Both texts as the hashes take them. */
function joined(game: TextGame): string {
  return `${game.longText()}\u001e${game.shortText()}\u001f`;
}

function compareStart(game: TextGame, { start }: TextRecording): Comparison | undefined {
  if (start.long !== undefined && start.short !== undefined) {
    const difference = compareTexts(game, [start.long, start.short]);
    if (difference !== undefined) return difference;
  }
  return start.sha === undefined ? undefined : compareHash(game, start.sha, "");
}

function compareStep(
  game: TextGame,
  { steps, frames }: TextRecording,
  index: number,
  chain: Bun.CryptoHasher,
): Comparison | undefined {
  const [reward, terminated, truncated, sha] = steps[index] ?? [0, false, false, ""];
  const flags = `${game.reward.toFixed(4)},${Number(game.terminated)},${Number(game.truncated)}`;
  chain.update(`${joined(game)}${flags}`, "latin1");
  const frame = frames[String(index + 1)];
  return (
    [
      compare("reward", reward, game.reward),
      compare("terminated", terminated, game.terminated),
      compare("truncated", truncated, game.truncated),
    ].find(differs) ??
    (frame === undefined ? undefined : compareTexts(game, frame)) ??
    compareHash(game, sha, flags)
  );
}

function compareTexts(game: TextGame, [long, short]: readonly [string, string]): Comparison | undefined {
  return differingLine("long text", long, game.longText()) ?? differingLine("short text", short, game.shortText());
}

/** Only the hash is recorded: where texts differ, all there is to show is ours. */
function compareHash(game: TextGame, expected: string, flags: string): Comparison | undefined {
  const actual = sha256(Buffer.from(`${joined(game)}${flags}`, "latin1")).slice(0, hashDigits);
  if (actual === expected) return undefined;
  const texts = `${game.longText()}\n${game.shortText()}`;
  return { field: "texts", expected: `sha256 ${expected}`, actual: `sha256 ${actual} of\n${texts}` };
}

function* compareEnd<Game extends TextGame>(
  game: Game,
  recorded: TextRecording,
  replay: Replay<Game>,
  chain: Bun.CryptoHasher,
  unchecked: Unchecked,
): Generator<Comparison> {
  const { n, actions, terminated, truncated } = recorded;
  if (n !== undefined) yield compare("n", n, actions.length);
  if (terminated !== undefined) yield compare("terminated", terminated, game.terminated);
  if (truncated !== undefined) yield compare("truncated", truncated, game.truncated);
  if (recorded.chain !== undefined) yield compare("chain", recorded.chain, chain.digest("hex").slice(0, hashDigits));
  if (recorded.return !== undefined) yield compare("return", recorded.return, rounded(replay.episodeReturn(game)));
  const known = replay.record(game);
  for (const [name, expected] of Object.entries(recorded.stats)) {
    if (name in known) yield compare(`stats.${name}`, expected, known[name]);
    else unchecked.add(`stats.${name}`);
  }
}

/** As recordings hold returns. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
