import { expect, test } from "vitest";
import { onInterrupt } from "./interrupt.ts";

test("the first Ctrl-C stops gently, also where it arrives twice; one pressed again ends at once", () => {
  let clock = 1000;
  const exits: number[] = [];
  using interruption = onInterrupt({ now: () => clock, exit: (code) => exits.push(code) });
  const press = () => process.emit("SIGINT", "SIGINT");
  expect(interruption.signal.aborted).toBe(false);
  press();
  expect(interruption.signal.aborted).toBe(true);
  // `bun run` passes on what the terminal has sent already.
  press();
  clock += 3;
  press();
  expect(exits).toEqual([]);
  clock += 1000;
  press();
  expect(exits).toEqual([130]);
});
