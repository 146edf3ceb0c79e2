import { describe, expect, test } from "vitest";
import { systemClock } from "./clock.ts";
import { DeadlineExceeded, withDeadline } from "./deadline.ts";

function onAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("as fetch would")), { once: true }),
  );
}

describe("withDeadline", () => {
  test("gives the result, or what the work threw", async () => {
    const never = new AbortController().signal;
    expect(await withDeadline(never, 60_000, async () => 5)).toBe(5);
    await expect(withDeadline(never, 60_000, () => Promise.reject(new Error("its own")))).rejects.toThrow("its own");
  });

  test("a deadline beyond the longest timer is no deadline", async () => {
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve("done"), 20));
    expect(await withDeadline(new AbortController().signal, 2 ** 40, slow)).toBe("done");
  });

  test("ends the work at the deadline", async () => {
    await expect(withDeadline(new AbortController().signal, 10, onAbort)).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  test("passes the outer signal's reason on, before and during the work", async () => {
    await expect(withDeadline(AbortSignal.abort("early"), 60_000, onAbort)).rejects.toBe("early");
    const outer = new AbortController();
    const work = withDeadline(outer.signal, 60_000, onAbort);
    outer.abort("late");
    await expect(work).rejects.toBe("late");
  });
});

test("the system clock's sleep ends with the signal, at once", async () => {
  const abort = new AbortController();
  const asleep = systemClock.sleep(3_600_000, abort.signal);
  abort.abort("awake");
  await expect(asleep).rejects.toBe("awake");
  await expect(systemClock.sleep(1, AbortSignal.abort("never began"))).rejects.toBe("never began");
  await systemClock.sleep(1, new AbortController().signal);
});
