/** The level at which a fixed `--concurrency` stays, or `auto` begins. */
export const firstLevel = 8;

/** Milliseconds a level is watched at least, and replies it needs per slot, before it is judged. */
const windowMs = 1000;
const repliesPerSlot = 2;
/** A doubled level has to bring this much more; a small step at least not less. */
const worthDoubling = 1.25;
const worthStep = 0.97;
/** What is left of the level when the server says that it is too busy. */
const decrease = 0.7;
/** Judgements that pass without another try after a step that did not pay, and after an overload. */
const restAfterStep = 8;
const restAfterOverload = 4;

/**
 * Finds how many calls at a time a server is worth: additive increase, multiplicative decrease, with throughput as the judge.
 *
 * A level is watched until every slot answered twice and a second passed. From 8 on it doubles as long as that brings a quarter more
 * replies per second; then it grows by a twentieth at a time, goes back when that costs throughput, and rests before the next try. A
 * server whose latency only grows with the load gains nothing, so the level stays low and replies stay quick. 429, 503 and
 * their like take the level down to 70 % at once, at most once per window. Levels that were not used in full prove nothing.
 */
export class AdaptiveLevel {
  readonly max: number;
  private current: number;
  private doubling = true;
  private rest = 0;
  /** The level and its replies per second before the last step up; null right after a decrease. */
  private before: { readonly level: number; readonly rate: number } | null = null;
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
    this.current = Math.max(1, Math.floor(this.current * decrease));
    this.doubling = false;
    this.rest = restAfterOverload;
    this.before = null;
    this.begin(now);
  }

  private judge(rate: number): void {
    const { before } = this;
    if (before !== null && rate < before.rate * (this.doubling ? worthDoubling : worthStep)) {
      // Not worth it: back to where it was as good with fewer.
      this.current = before.level;
      this.before = null;
      this.doubling = false;
      this.rest = restAfterStep;
      return;
    }
    if (this.rest > 0) {
      this.rest -= 1;
      return;
    }
    this.before = { level: this.current, rate };
    const step = this.doubling ? this.current : Math.max(1, Math.round(this.current / 20));
    this.current = Math.min(this.max, this.current + step);
    if (this.current === before?.level) this.before = null;
  }

  private begin(now: number): void {
    this.windowStart = now;
    this.replies = 0;
    this.pressed = false;
  }
}
