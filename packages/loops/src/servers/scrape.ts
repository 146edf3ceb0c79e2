import { readMetrics, type ServerMetrics } from "./server-metrics.ts";

const answerMs = 5000;

/** Reads a server's metrics; null when it does not answer or has none. Rejects only when `signal` aborts. */
export async function scrape(root: string, signal: AbortSignal): Promise<ServerMetrics | null> {
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const response = await fetch(`${root}/metrics`, { signal: deadline, redirect: "manual" });
    return response.ok ? readMetrics(await response.text(), root, new Date()) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
