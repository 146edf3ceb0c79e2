/** Plays one game in a Worker: answers each number of seconds with the steps per second it came to. */
import { KeyTable } from "./nethack-play.ts";

declare const self: Worker;

const table = new KeyTable(1);
self.onmessage = ({ data }: MessageEvent<number>) => {
  self.postMessage(table.rate(data));
};
self.postMessage("ready");
