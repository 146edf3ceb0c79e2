/** What the two threads share: 32-bit numbers at these places of `buffer`. */
export interface WatchdogShare {
  readonly buffer: SharedArrayBuffer;
  /** Counts on while the main thread is alive. */
  readonly beat: number;
  /** Seconds that it may stand still. */
  readonly limit: number;
}

const beatMs = 250;

/**
 * Ends this process when it hangs inside a game, which nothing in the process itself could interrupt: its episodes go to other workers, and a step
 * that hangs again and again is found there (`fatalStep`).
 */
export class Watchdog implements Disposable {
  private readonly share: WatchdogShare = { buffer: new SharedArrayBuffer(8), beat: 0, limit: 1 };
  private readonly numbers = new Int32Array(this.share.buffer);
  private readonly thread = new Worker(new URL("./watchdog-thread.ts", import.meta.url));
  private readonly timer: ReturnType<typeof setInterval>;

  /** @param limit seconds. */
  constructor(limit: number) {
    this.limit(limit);
    this.thread.postMessage(this.share);
    this.timer = setInterval(() => Atomics.add(this.numbers, this.share.beat, 1), beatMs);
  }

  /** Sets how many seconds the main thread may be busy with one thing. */
  limit(seconds: number): void {
    Atomics.store(this.numbers, this.share.limit, Math.ceil(seconds));
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
    this.thread.terminate();
  }
}
