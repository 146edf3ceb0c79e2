import { attribute, TraceError } from "@metamem/core";
import { type EpisodeParts, resolveEpisode, specHash } from "../episode-spec.ts";
import { foldersOf, recordedAdapters } from "../servers/adapter-record.ts";
import { FlightRecorder, flightName } from "./flight-record.ts";
import { ModelPool } from "./model-pool.ts";
import { type PlannedEpisode, partsOf } from "./plan.ts";
import { openOutcome, type PlayContext, playPlanned } from "./play-planned.ts";
import { errorOf, RemoteGate } from "./remote-gate.ts";
import { RunFolder } from "./run-folder.ts";
import type { PlayOutcome } from "./run-result.ts";
import { aliveInterval, type FromShard, type ShardSetup, type ToShard } from "./shard-messages.ts";
import { type EpisodeProgress, progressObserver } from "./step-watch.ts";

/** A child process of a sharded run: plays what it is told to, and asks before each model call. */
export class ShardChild {
  private readonly setup: ShardSetup;
  private readonly send: (message: FromShard) => void;
  private readonly gate: RemoteGate;
  private readonly context: PlayContext;
  private readonly aborting = new AbortController();
  private readonly parts = new Map<string, Promise<EpisodeParts>>();
  /** News since the last sign of life. */
  private readonly news = new Map<string, EpisodeProgress>();

  constructor(setup: ShardSetup, send: (message: FromShard) => void) {
    this.setup = setup;
    this.send = send;
    this.gate = new RemoteGate(send);
    const { limits, runFolder, shard, restartChanged } = setup;
    this.context = {
      run: RunFolder.open(runFolder).run,
      models: new ModelPool(this.gate, limits.callSeconds, this.aborting.signal, () =>
        foldersOf(recordedAdapters(runFolder)),
      ),
      signal: this.aborting.signal,
      stepSeconds: limits.stepSeconds,
      episodeMinutes: limits.episodeMinutes,
      restartChanged,
      flight: new FlightRecorder(runFolder, flightName(shard)),
    };
    // At once too: from now on silence means something.
    this.tell();
    setInterval(() => this.tell(), aliveInterval);
  }

  receive(message: ToShard): void {
    if (message.kind === "play") void this.play(message);
    else if (message.kind === "abort") this.aborting.abort(errorOf(message.reason));
    else if (message.kind === "granted" || message.kind === "refused") this.gate.answer(message);
  }

  private async play(asked: Extract<ToShard, { kind: "play" }>): Promise<void> {
    const outcome = await this.outcomeOf(asked);
    this.news.delete(asked.id);
    this.send({ kind: "ended", id: asked.id, outcome });
  }

  private async outcomeOf(asked: Extract<ToShard, { kind: "play" }>): Promise<PlayOutcome> {
    try {
      const episode = await this.find(asked);
      const observer = progressObserver(episode.id, (progress) => this.news.set(progress.id, progress));
      return await playPlanned(episode, this.context, observer);
    } catch (thrown) {
      return openOutcome(attribute(thrown, "internal"), this.aborting.signal.aborted);
    }
  }

  private async find({ id, env, choice, repetition }: Extract<ToShard, { kind: "play" }>): Promise<PlannedEpisode> {
    const parts = this.parts.get(env) ?? partsOf(this.setup.play, env);
    this.parts.set(env, parts);
    const resolved = await resolveEpisode(await parts, choice);
    if (specHash(resolved.spec) === id) return { id, env, choice, repetition, resolved };
    throw new TraceError("changed_plan", "code, scaffold or environment changed while the run was going on: resume it");
  }

  private tell(): void {
    if (this.news.size === 0) this.send({ kind: "alive" });
    else this.send({ kind: "progress", episodes: [...this.news.values()] });
    this.news.clear();
  }
}
