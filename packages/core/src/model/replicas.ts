import { hashJson } from "../hash.ts";
import type { CallFailure, FailureKind } from "./call-failure.ts";

/** How long a replica that went away is left alone while others are there. */
const restMs = 15_000;

/** After these another replica is asked: this one is away, or breaks on the request. */
const elsewhere: ReadonlySet<FailureKind> = new Set(["unreachable", "stopped", "server", "timeout", "garbage"]);
/** After these other episodes avoid it for a while, too. */
const away: ReadonlySet<FailureKind> = new Set(["unreachable", "stopped"]);
/** A busy replica keeps its episodes, as their prompts lie in its cache; after this many refusals in one call it is given up. */
const patience = 4;

/**
 * Which of several servers of one model gets a call. Each server has a prefix cache of its own, so an episode stays with one: the first
 * in an order that depends on episode and addresses only (rendezvous hashing: when a replica is added or lost, only its own episodes
 * move). It is left for the next in that order while it is away, and for one call when it breaks on a request (spec serving §1.5, §1.9).
 */
export class Replicas {
  private readonly urls: readonly string[];
  private readonly now: () => number;
  private readonly restUntil = new Map<string, number>();

  constructor(urls: readonly string[], now: () => number) {
    this.urls = urls;
    this.now = now;
  }

  /** The way of one call through the replicas. */
  route(episodeId: string): Route {
    return new Route(replicaOrder(this.urls, episodeId), this);
  }

  isResting(url: string): boolean {
    return (this.restUntil.get(url) ?? 0) > this.now();
  }

  /** What became of an attempt; null when it was answered. */
  report(url: string, kind: FailureKind | null): void {
    if (kind === null) this.restUntil.delete(url);
    else if (away.has(kind)) this.restUntil.set(url, this.now() + restMs);
  }
}

/** All addresses, the episode's own first. */
export function replicaOrder(urls: readonly string[], episodeId: string): readonly string[] {
  if (urls.length < 2) return urls;
  const scored = urls.map((url) => ({ url, score: hashJson([url, episodeId]) }));
  return scored.sort((a, b) => (a.score < b.score ? -1 : 1)).map(({ url }) => url);
}

/** Where the attempts of one call go. */
export class Route {
  private readonly order: readonly string[];
  private readonly replicas: Replicas;
  private readonly left = new Set<string>();
  private refusals = 0;

  constructor(order: readonly string[], replicas: Replicas) {
    this.order = order;
    this.replicas = replicas;
  }

  /** The address for the next attempt. When all were tried or are away, it begins again with the episode's own. */
  next(): string {
    const open = this.order.filter((url) => !this.left.has(url));
    if (open.length === 0) this.left.clear();
    const candidates = open.length === 0 ? this.order : open;
    const url = candidates.find((one) => !this.replicas.isResting(one)) ?? candidates[0];
    if (url === undefined) throw new Error("a route needs an address");
    return url;
  }

  report(url: string, failure: CallFailure | null): void {
    this.replicas.report(url, failure?.kind ?? null);
    if (failure === null) return;
    if (failure.kind === "overloaded") this.refusals += 1;
    if (elsewhere.has(failure.kind) || this.refusals >= patience) {
      this.left.add(url);
      this.refusals = 0;
    }
  }
}
