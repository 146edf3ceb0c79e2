/** The program of a child process of a sharded run. It lives as long as its parent does. */

import { ShardChild } from "./shard-child.ts";
import type { FromShard, ToShard } from "./shard-messages.ts";

let child: ShardChild | null = null;

function send(message: FromShard): void {
  // The parent may be gone already; then so are we in a moment.
  if (process.connected) process.send?.(message);
}

// A terminal's Ctrl-C reaches the whole group. The parent decides what it means.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToShard) => {
  if (message.kind === "leave") process.exit(0);
  else if (message.kind === "setup") child = new ShardChild(message, send);
  else child?.receive(message);
});
