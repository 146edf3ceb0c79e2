/** The Worker of instances.test.ts: plays one game and answers with what it shows. */

import { playAlone } from "./instances-play.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<{ readonly seed: number; readonly keys: number }>) => {
  self.postMessage(playAlone(data.seed, data.keys));
};
