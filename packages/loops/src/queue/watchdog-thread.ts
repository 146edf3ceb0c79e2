/** The watching thread of watchdog.ts: ends the process when the main thread does not count on any more. */

import type { WatchdogShare } from "./watchdog.ts";

declare const self: { onmessage: ((event: { readonly data: WatchdogShare }) => void) | null };

const checkMs = 500;

self.onmessage = ({ data }) => {
  const share = new Int32Array(data.buffer);
  let seen = -1;
  let still = 0;
  setInterval(() => {
    const beat = Atomics.load(share, data.beat);
    // Counted in checks, not by the clock: a process that was stopped as a whole was not hanging.
    still = beat === seen ? still + checkMs / 1000 : 0;
    seen = beat;
    if (still > Atomics.load(share, data.limit)) process.kill(process.pid, "SIGKILL");
  }, checkMs);
};
