import { createModel } from "@metamem/core";
import { findFamily } from "@metamem/loops";
import { expect, test, vi } from "vitest";
import { answersOf } from "../servers/chat-server.ts";
import { LoraServer, makeAdapter } from "../servers/lora-server.ts";
import { PlayerServer, QueuePlace } from "./queue-place.ts";

// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000 });

const name = "run7-v0042";

test("workers tell a server of the run's adapter when it has forgotten it: nothing is lost or asked twice", async ({
  onTestFinished,
}) => {
  const { player } = await findFamily("crafter");
  const served = new LoraServer(answersOf(await createModel("scripted", player === undefined ? {} : { player })));
  const idle = await PlayerServer.start();
  const queue = await QueuePlace.open(idle);
  onTestFinished(async () => {
    await queue[Symbol.asyncDispose]();
    await idle[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
  });
  const folder = queue.place.in(name);
  makeAdapter(folder);
  let forgotten = false;
  served.onRequest = () => {
    if (forgotten || served.answered.length < 40) return;
    forgotten = true;
    served.loras.known.clear();
  };
  const what = ["--model", `vllm:${name}@${served.url}`, "--adapter", `${name}=${folder}`];
  const producer = queue.start(queue.args("run", ...what));
  const workers = [queue.startWorker(), queue.startWorker()];
  expect(await queue.finished(producer)).toMatchObject({ exitCode: 0 });
  await queue.end("SIGTERM", ...workers);
  expect(forgotten).toBe(true);
  expect(served.refused).toBeGreaterThan(0);
  expect(served.loras.loads).toEqual([name, name]);
  expect(new Set(served.answered).size).toBe(served.answered.length);
});
