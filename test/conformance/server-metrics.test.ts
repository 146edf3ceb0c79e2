import { MetricsWatch, scrape } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { ModelServer } from "../servers/model-server.ts";

const signal = new AbortController().signal;

function page(running: number, waiting: number, requests: number): Response {
  return new Response(
    [
      `vllm:num_requests_running{engine="0"} ${running}`,
      `vllm:num_requests_waiting{engine="0"} ${waiting}`,
      `vllm:request_success_total{finished_reason="stop"} ${requests}`,
    ].join("\n"),
  );
}

describe("watching servers", () => {
  test("adds up what they count, over a restart, and keeps the longest queue", async () => {
    let next = (): Response => page(2, 0, 100);
    await using server = new ModelServer(({ path }) => (path === "/metrics" ? next() : undefined));
    const pressures: string[] = [];
    const watch = new MetricsWatch([server.root], (_metrics, pressure) => pressures.push(pressure));
    await watch.read();
    next = () => page(8, 5, 110);
    await watch.read();
    next = () => new Response("starting", { status: 503 });
    await watch.read();
    // Another process: it counts from zero.
    next = () => page(1, 0, 3);
    await watch.read();
    expect(watch.record()).toMatchObject([
      { server: server.root, counted: { requests: 13 }, maxRunning: 8, maxWaiting: 5, readings: 3, missed: 1 },
    ]);
    expect(pressures).toEqual(["room", "over", "room"]);
  });

  test("reads once more when it is over", async () => {
    let requests = 1;
    await using server = new ModelServer(() => page(0, 0, requests));
    const controller = new AbortController();
    const watch = new MetricsWatch([server.root]);
    const over = watch.run(60_000, controller.signal);
    while (server.seen.length < 1) await Bun.sleep(5);
    requests = 4;
    controller.abort();
    await over;
    expect(watch.record()).toMatchObject([{ counted: { requests: 3, promptTokens: null }, readings: 2 }]);
  });

  test("a server without metrics, or none at all, is no error", async () => {
    await using server = new ModelServer(() => undefined);
    expect(await scrape(server.root, signal)).toBeNull();
    expect(await scrape("http://127.0.0.1:9", signal)).toBeNull();
  });
});
