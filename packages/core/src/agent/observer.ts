import type { Progress } from "../env/environment.ts";
import type { Frame } from "../env/frame.ts";
import type { NewEvent } from "../trace/events.ts";

/** Watches an episode (live view, progress bars). Observers see everything and change nothing. */
export interface EpisodeObserver {
  event?(event: NewEvent): void;
  /** After each reset or step. */
  scene?(step: number, frame: Frame, progress: Progress): void;
  /** A model was asked; `event` follows with the call once it answered. */
  asking?(callId: string): void;
}
