import { exitCodes } from "@metamem/core";
import { parseQueueUrl, runQueueWorker, type WorkerEvent } from "@metamem/loops";
import { note, printJson } from "../console.ts";
import { onInterrupt } from "../interrupt.ts";
import { plural } from "../render/numbers.ts";

/** The options of `metamem worker`, as commander hands them over. */
export interface WorkerOptions {
  readonly queue: string;
  readonly concurrency: number | "auto";
  readonly lock: number;
  readonly drain?: boolean;
  readonly env?: readonly string[];
  readonly scaffold?: string;
  readonly runs?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** False with `--no-sync`. */
  readonly sync: boolean;
}

/** Plays episodes from a queue. With `--json` each event is an object on a line of its own. */
export async function workerCommand(options: WorkerOptions): Promise<number> {
  const address = parseQueueUrl(options.queue, process.env);
  using interruption = onInterrupt();
  interruption.signal.addEventListener("abort", () =>
    note("leaving: calls under way have a few seconds; Ctrl-C again ends at once, and loses only those"),
  );
  try {
    await runQueueWorker({
      address,
      concurrency: options.concurrency,
      lockSeconds: options.lock,
      drain: options.drain ?? false,
      env: options.env ?? [],
      scaffold: options.scaffold,
      runs: options.runs,
      durable: options.sync,
      signal: interruption.signal,
      onEvent: (event) => {
        if (options.json === true)
          printJson({ schema: "metamem.worker-event/1", at: new Date().toISOString(), ...event });
        else if (options.quiet !== true) notify(event, options.concurrency);
      },
    });
  } finally {
    // Fires only if something of a connection that never came back still keeps the process alive.
    setTimeout(() => process.exit(), 1000).unref();
  }
  return exitCodes.ok;
}

/** A level that looks for its place moves every few seconds: that is for programs. */
function notify(event: WorkerEvent, concurrency: number | "auto"): void {
  if (event.event !== "level") note(lineOf(event, concurrency));
}

function lineOf(event: Exclude<WorkerEvent, { event: "level" }>, concurrency: number | "auto"): string {
  switch (event.event) {
    case "ready": {
      const most =
        concurrency === "auto" ? "as many episodes as the servers are worth" : plural(concurrency, "episode");
      return `worker ${event.worker}: up to ${most} at a time from ${event.queue}`;
    }
    case "started":
      return `${event.id.slice(0, 12)}  begins: ${event.task ?? "first task"}, seed ${event.seed}`;
    case "ended":
      return `${event.id.slice(0, 12)}  ${event.status}${event.reason === null ? "" : `: ${event.reason}`}`;
    case "handed_back":
      return `${event.id.slice(0, 12)}  handed back: ${event.reason}`;
    case "trouble":
      return event.reason;
    case "recovered":
      return "Redis is there again";
    case "left":
      return `left: ${event.settled} settled, ${event.open} open, ${event.handedBack} handed back`;
  }
}
