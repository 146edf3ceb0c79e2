import { type ChatMessage, type NewEvent, parseOps, type RulePlayer } from "@metamem/core";
import { families } from "@metamem/native-env";
import { expect } from "vitest";
import { playScripted, type ScriptedEpisode } from "./play-scripted.ts";

export interface Exchange {
  readonly messages: readonly ChatMessage[];
  readonly seed: number;
  readonly reply: string;
}

export interface Recorded {
  readonly events: readonly NewEvent[];
  readonly exchanges: readonly Exchange[];
}

/** The player of a game, by name among the families given (those of this process unless others were loaded anew). */
export function playerOf(env: string, among = families): RulePlayer {
  const player = among.find(({ name }) => name === env)?.player;
  if (player === undefined) throw new Error(`${env} has no player`);
  return player;
}

/** Plays an episode and keeps every event, every request and every reply. `hint` is added to every prompt. */
export async function play(episode: ScriptedEpisode, hint?: string): Promise<Recorded> {
  const player = playerOf(episode.env ?? "crafter");
  const events: NewEvent[] = [];
  const exchanges: Exchange[] = [];
  const listening: RulePlayer = {
    label: player.label,
    reply(prompt, seed) {
      const messages: readonly ChatMessage[] =
        hint === undefined ? prompt : [...prompt, { role: "user", content: hint }];
      const reply = player.reply(messages, seed);
      exchanges.push({ messages: structuredClone(messages), seed, reply });
      return reply;
    },
  };
  const outcome = await playScripted({ ...episode, player: listening, watch: (event) => events.push(event) });
  expect(events.filter(({ kind }) => kind === "action")).toHaveLength(outcome.steps);
  return { events, exchanges };
}

/** Everything the agent had to mend, refuse or cut short. */
export function mishaps(events: readonly NewEvent[]): NewEvent[] {
  return events.filter((event) => {
    if (event.kind === "op") return event.status === "malformed" || event.status === "denied";
    if (event.kind === "call") return event.finish !== "stop";
    return event.kind === "action" && (event.source !== "model" || event.raw !== event.executed || !event.valid);
  });
}

export function exits(events: readonly NewEvent[], phase: string): Set<string> {
  return new Set(events.flatMap((event) => (event.kind === "phase.end" && event.phase === phase ? [event.exit] : [])));
}

export function opsOf(events: readonly NewEvent[], phase: string): Set<string> {
  return new Set(events.flatMap((event) => (event.kind === "op" && event.phase === phase ? [event.name] : [])));
}

/** Names of the ops that are written in the replies of a phase. */
export function written({ events, exchanges }: Recorded, phase: string): Set<string> {
  const calls = events.filter((event) => event.kind === "call");
  return new Set(
    exchanges.flatMap(({ reply }, i) =>
      calls[i]?.phase === phase ? parseOps(reply, { cut: false }).map(({ name }) => name) : [],
    ),
  );
}
