import { type EpisodeObserver, type Frame, findOp, type NewEvent, type Progress } from "@metamem/core";

/** What a view shows of a running episode, kept up to date by the episode's events. */
export class LiveState implements EpisodeObserver {
  step = 0;
  frame: Frame | null = null;
  progress: Progress | null = null;
  phase = "";
  /** The call that is waiting for its reply, and since when (`performance.now()`). */
  waiting: { readonly callId: string; readonly since: number } | null = null;
  op = "";
  action = "";
  effect = "";
  calls = 0;
  promptTokens = 0;
  outputTokens = 0;
  writes = 0;
  searches = 0;
  /** Newest first. */
  readonly milestones: string[] = [];
  /** Steps counted since the first real call; what a resume replays before it says nothing about speed. */
  stepsPlayed = 0;
  private playSince: number | null = null;

  asking(callId: string): void {
    const now = performance.now();
    this.playSince ??= now;
    this.waiting = { callId, since: now };
  }

  scene(step: number, frame: Frame, progress: Progress): void {
    this.step = step;
    this.frame = frame;
    this.progress = progress;
  }

  event(event: NewEvent): void {
    switch (event.kind) {
      case "obs":
        this.milestones.unshift(...event.milestones);
        return;
      case "phase.start":
        this.phase = event.phase;
        return;
      case "call":
        this.waiting = null;
        this.calls += 1;
        this.promptTokens += event.tokens.prompt;
        this.outputTokens += event.tokens.output;
        return;
      case "op":
        this.addOp(event);
        return;
      case "effect":
        this.effect = event.summary;
        return;
      case "action":
        this.action = event.source === "model" ? event.executed : `${event.executed} (${event.source})`;
        this.effect = "";
        if (this.playSince !== null) this.stepsPlayed += 1;
        return;
    }
  }

  get replaying(): boolean {
    return this.playSince === null && this.calls > 0;
  }

  /** Steps per second of this run; null until there is one. */
  get rate(): number | null {
    if (this.playSince === null || this.stepsPlayed === 0) return null;
    return (1000 * this.stepsPlayed) / Math.max(1, performance.now() - this.playSince);
  }

  private addOp(event: Extract<NewEvent, { kind: "op" }>): void {
    if (event.origin !== "model") return;
    const matches = event.matches === undefined ? "" : `, ${event.matches} found`;
    this.op = `${event.name} ${Object.values(event.args).join(" | ")} -> ${event.status}${matches}`;
    // A refused op searched and wrote nothing.
    if (event.status !== "ok") return;
    if (event.name === "SEARCH") this.searches += 1;
    if (findOp(event.name)?.kind === "write") this.writes += 1;
  }
}
