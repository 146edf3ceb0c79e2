/**
 * A model server for benchmarks, a process of its own so that its work is not counted as the harness's. It answers after `delay` milliseconds
 * or so (0: at once) and measures from its side what the harness needs between two calls of one episode.
 */

import { createRng } from "@metamem/core";

const delay = Number(process.argv[2] ?? 0);

const rng = createRng(1);

/** When the last reply to an episode left. */
const left = new Map<string, number>();
let gaps: number[] = [];
let calls = 0;

/** One write and one action a step, and a search now and then: what an agent with memory does at least. */
function reply(callId: string): string {
  const [step = "0", phase, turn] = callId.split(".");
  if (phase === "log") return `<|APPEND|>bench_notes.txt|step ${step}: went on, nothing new in sight<|END|><|DONE|>`;
  if (turn === "0" && Number(step) % 4 === 0) return "<|SEARCH|>bench_notes.txt|nothing<|END|>";
  return `<|ACTION|>${["Move West", "Move North", "Move East", "Move South"][Number(step) % 4]}<|END|>`;
}

async function chat(request: Request): Promise<Response> {
  const arrived = performance.now();
  const [episode = "", callId = ""] = (request.headers.get("x-request-id") ?? "").split(":");
  const before = left.get(episode);
  if (before !== undefined) gaps.push(arrived - before);
  const { byteLength } = await request.arrayBuffer();
  // Spread over half to one and a half of it: episodes that were answered together would queue behind each other for ever.
  if (delay > 0) await Bun.sleep(delay * (0.5 + rng.next()));
  calls += 1;
  const body = {
    id: callId,
    object: "chat.completion",
    model: "bench",
    choices: [{ index: 0, message: { role: "assistant", content: reply(callId) }, finish_reason: "stop" }],
    usage: { prompt_tokens: Math.round(byteLength / 4), completion_tokens: 20 },
  };
  left.set(episode, performance.now());
  return Response.json(body);
}

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  idleTimeout: 0,
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/models")
      return Response.json({ object: "list", data: [{ id: "bench", max_model_len: 32_768 }] });
    if (pathname === "/v1/chat/completions") return await chat(request);
    if (pathname !== "/stats") return new Response(null, { status: 404 });
    const stats = { calls, gaps };
    gaps = [];
    return Response.json(stats);
  },
});
process.stdout.write(`${server.url}v1\n`);
