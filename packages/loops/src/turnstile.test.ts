import { expect, test } from "vitest";
import { Turnstile } from "./turnstile.ts";

test("a turnstile lets so many through at a time, in order, and those that fail too", async () => {
  const turnstile = new Turnstile(2);
  const order: number[] = [];
  let [inside, most] = [0, 0];
  const work = async (number: number): Promise<void> => {
    order.push(number);
    inside += 1;
    most = Math.max(most, inside);
    await Bun.sleep(1);
    inside -= 1;
    if (number % 3 === 0) throw new Error(`no. ${number}`);
  };
  const done = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((number) => turnstile.pass(() => work(number))));
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([inside, most]).toEqual([0, 2]);
  expect(done.filter(({ status }) => status === "rejected")).toHaveLength(3);
  await turnstile.pass(() => work(1));
});
