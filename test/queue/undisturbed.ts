import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished } from "vitest";
import { contentOf } from "../e2e/command-line.ts";
import { printedContent } from "../rollout/rollout-place.ts";
import { type Child, episodes, PlayerServer, QueuePlace } from "./queue-place.ts";

/**
 * Which calls may be asked twice. `unanswered`: those whose client gave up waiting. `takeovers`: one for each time that a worker took an episode over
 * from another, the one that was under way then.
 */
export type Losses = "unanswered" | "takeovers";

/** A server, and the run that was played against it with nobody disturbing: what every other run of that plan has to be. */
export class Undisturbed implements AsyncDisposable {
  readonly player: PlayerServer;
  /** Calls of the whole run. */
  readonly calls: number;
  /** So few that no episode can be over by then, whatever the order in which they are played. */
  readonly fewCalls: number;
  readonly place: QueuePlace;
  private readonly printed: unknown;

  private constructor(player: PlayerServer, place: QueuePlace, printed: unknown) {
    this.player = player;
    this.place = place;
    this.printed = printed;
    this.calls = player.calls().length;
    const perEpisode = Map.groupBy(player.calls(), (name) => name.split(" ")[0]);
    this.fewCalls = Math.min(...[...perEpisode.values()].map(({ length }) => length)) - 1;
  }

  static async play(): Promise<Undisturbed> {
    const player = await PlayerServer.start();
    const place = await QueuePlace.open(player);
    const { exitCode, stdout, stderr } = await place.finished(place.start(place.localArgs("undisturbed")));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const played = new Undisturbed(player, place, printedContent(stdout));
    player.onRequest = () => Bun.sleep(5);
    return played;
  }

  /** A place for one test, with nothing let through yet. It ends with the test however that ends, and everything that runs there with it. */
  async open(): Promise<QueuePlace> {
    const queue = await QueuePlace.open(this.player);
    this.player.hold();
    onTestFinished(async () => {
      this.player.letAll();
      await queue[Symbol.asyncDispose]();
    });
    return queue;
  }

  /** The run is what the undisturbed one is, every trace included, and no call was asked twice without need. */
  async expectSame(queue: QueuePlace, producer: Child, from: number, losses: Losses): Promise<void> {
    const { exitCode, stdout, stderr } = await queue.finished(producer);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(printedContent(stdout)).toEqual(this.printed);
    expect(queue.contentOf("run")).toEqual(this.place.contentOf("undisturbed"));
    for (const id of readdirSync(queue.place.in("run", "episodes"))) {
      const trace = contentOf(queue.place.in("run", "episodes", id));
      expect(trace).toEqual(contentOf(this.place.place.in("undisturbed", "episodes", id)));
    }
    const asked = this.player.calls(from);
    expect(new Set(asked).size).toBe(this.calls);
    const repeated = without(asked, new Set(asked));
    if (losses === "unanswered") expect(without(repeated, this.player.unanswered(from))).toEqual([]);
    // A late worker may finish an episode with a call that the next one has just asked again, and has not recorded.
    else expect(repeated.length).toBeLessThanOrEqual(takeovers(queue) + episodes);
    queue.expectTidy("run");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.place[Symbol.asyncDispose]();
    await this.player[Symbol.asyncDispose]();
  }
}

/** `names` less one of each of `others`. */
function without(names: readonly string[], others: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const name of others) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.filter((name) => {
    const left = counts.get(name) ?? 0;
    counts.set(name, left - 1);
    return left <= 0;
  });
}

/** How often one process went on where another had ended, by what the traces say. */
function takeovers(queue: QueuePlace): number {
  const folder = queue.place.in("run", "episodes");
  const traces = readdirSync(folder).filter((id) => readdirSync(`${folder}/${id}`).includes("resumes.jsonl"));
  return traces.flatMap((id) => readFileSync(`${folder}/${id}/resumes.jsonl`, "utf8").split("\n").slice(0, -1)).length;
}
