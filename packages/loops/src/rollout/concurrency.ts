/** The level at which `auto` begins. */
export const firstLevel = 8;

/** Milliseconds a level is watched at least, and replies it needs per slot, before it is judged. */
const windowMs = 1000;
const repliesPerSlot = 2;
/** What is left of the level when the server says that it is too busy. */
const overloadCut = 0.7;
/** Judgements that pass without another trial after one that did not pay, and after an overload. */
const restAfterTrial = 4;

/** Another level is tried for one window; it stays when the replies per second are at least `worth` times what they were. */
const trials = {
  double: { factor: 2, worth: 1.25 },
  up: { factor: 1.25, worth: 1.08 },
  down: { factor: 0.8, worth: 0.95 },
} as const;

interface Trial {
  readonly kind: keyof typeof trials;
  /** The level before, and its replies per second. */
  readonly level: number;
  readonly rate: number;
}

/**
 * Finds how many calls at a time a server is worth, with throughput as the judge.
 *
 * A level is watched until every slot answered twice and a second passed. From 8 on it doubles as long as that brings a quarter more
 * replies per second. Then it tries, in turns and with rests, a quarter more, which must bring 8 %, and a fifth less, which may cost
 * 5 %: so it settles at the knee, where more calls would only wait longer, and follows it when it moves. 429, 503 and their like take the
 * level down to 70 % at once, at most once per window. Levels that were not used in full prove nothing.
 */
export class AdaptiveLevel {
  readonly max: number;
  private current: number;
  private doubling = true;
  private next: "up" | "down" = "down";
  private rest = 0;
  private trial: Trial | null = null;
  private windowStart: number | null = null;
  private replies = 0;
  private pressed = false;
  private overloadedAt = Number.NEGATIVE_INFINITY;

  constructor(max: number) {
    this.max = max;
    this.current = Math.min(firstLevel, max);
  }

  get level(): number {
    return this.current;
  }

  /** A call was answered. `wanted`: calls under way and waiting. Times are milliseconds. */
  onReply(now: number, wanted: number): void {
    this.windowStart ??= now;
    this.replies += 1;
    this.pressed ||= wanted >= this.current;
    const elapsed = now - this.windowStart;
    if (elapsed < windowMs || this.replies < repliesPerSlot * this.current) return;
    if (this.pressed) this.judge((1000 * this.replies) / elapsed);
    this.begin(now);
  }

  /** The server refused for being too busy, or went away. */
  onOverload(now: number): void {
    if (now - this.overloadedAt < windowMs) return;
    this.overloadedAt = now;
    this.current = Math.max(1, Math.floor(this.current * overloadCut));
    this.doubling = false;
    this.next = "up";
    this.rest = restAfterTrial;
    this.trial = null;
    this.begin(now);
  }

  private judge(rate: number): void {
    const { trial } = this;
    if (trial !== null && rate < trial.rate * trials[trial.kind].worth) {
      this.current = trial.level;
      this.giveUp(trial.kind);
    } else if (this.rest > 0) this.rest -= 1;
    else this.tryOther(this.doubling ? "double" : this.next, rate);
  }

  private tryOther(kind: Trial["kind"], rate: number): void {
    const before = this.current;
    const wanted = Math.round(before * trials[kind].factor);
    const moved = wanted === before ? before + Math.sign(trials[kind].factor - 1) : wanted;
    this.current = Math.max(1, Math.min(this.max, moved));
    if (this.current === before) this.giveUp(kind);
    else this.trial = { kind, level: before, rate };
  }

  private giveUp(kind: Trial["kind"]): void {
    this.trial = null;
    this.doubling = false;
    this.next = kind === "down" ? "up" : "down";
    this.rest = restAfterTrial;
  }

  private begin(now: number): void {
    this.windowStart = now;
    this.replies = 0;
    this.pressed = false;
  }
}
