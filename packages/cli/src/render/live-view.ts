import type { EpisodeObserver } from "@metamem/core";
import { type ColourDepth, Painter } from "./colours.ts";
import { composeView, type ViewFacts } from "./compose-view.ts";
import { LiveState } from "./live-state.ts";
import { Screen, type Terminal } from "./screen.ts";

/** Something that shows a running episode on stderr. */
export interface EpisodeView {
  readonly observer: EpisodeObserver;
  close(): void;
}

const redrawsPerSecond = 15;

/** The live view: drawn by a timer at most 15 times a second, whatever the speed of play. The cursor comes back on every way out. */
export function openLiveView(facts: ViewFacts, terminal: Terminal, depth: ColourDepth): EpisodeView {
  const state = new LiveState();
  const screen = new Screen(terminal);
  const painter = new Painter(depth);
  const draw = () => screen.draw(composeView(state, facts, screen.size, painter));
  const timer = setInterval(draw, 1000 / redrawsPerSecond);
  const restore = () => screen.close();
  process.on("exit", restore);
  return {
    observer: state,
    close() {
      clearInterval(timer);
      // The last state too, so that play shorter than a frame was on the screen.
      draw();
      process.off("exit", restore);
      screen.close();
    },
  };
}
