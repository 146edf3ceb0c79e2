import { createRng } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { AdaptiveLevel } from "./concurrency.ts";

/** A server in virtual time: `serves` calls run at once at full speed, more of them share it; with `limit`, more are refused. */
class VirtualServer {
  now = 0;
  refused = 0;
  readonly level: AdaptiveLevel;
  private readonly serves: number;
  private readonly limit: number;
  private readonly ms: number;
  private readonly rng = createRng(7);

  constructor(level: AdaptiveLevel, serves: number, limit = Number.POSITIVE_INFINITY, ms = 100) {
    this.level = level;
    this.serves = serves;
    this.limit = limit;
    this.ms = ms;
  }

  /** Lets the level be used in full for some seconds. */
  run(seconds: number, wanted = Number.POSITIVE_INFINITY): void {
    const end = this.now + 1000 * seconds;
    while (this.now < end) {
      const busy = Math.min(this.level.level, wanted);
      if (busy > this.limit) {
        this.refused += 1;
        this.level.onOverload(this.now);
        this.now += 5;
        continue;
      }
      const perSecond = (1000 / this.ms) * Math.min(busy, this.serves);
      this.now += (1000 / perSecond) * (0.9 + 0.2 * this.rng.next());
      this.level.onReply(this.now, Math.min(wanted, busy + 50));
    }
  }
}

describe("AdaptiveLevel", () => {
  test.each([16, 64, 300])("comes near what a server of %i slots is worth, and not far beyond", (slots) => {
    const level = new AdaptiveLevel(4096);
    const server = new VirtualServer(level, slots);
    server.run(300);
    expect(level.level).toBeGreaterThan(0.6 * slots);
    expect(level.level).toBeLessThan(2.2 * slots);
  });

  test("stays below what a server refuses, and asks too much of it only now and then", () => {
    const level = new AdaptiveLevel(4096);
    const server = new VirtualServer(level, 1000, 100);
    server.run(200);
    expect(level.level).toBeGreaterThan(30);
    expect(level.level).toBeLessThanOrEqual(110);
    expect(server.refused).toBeLessThan(200);
  });

  test("falls at once when a server is overloaded, but once for all its refusals", () => {
    const level = new AdaptiveLevel(100);
    for (let number = 0; number < 50; number++) level.onOverload(10_000 + number);
    expect(level.level).toBe(5);
    level.onOverload(20_000);
    expect(level.level).toBe(3);
    for (let time = 3; time < 40; time++) level.onOverload(10_000 * time);
    expect(level.level).toBe(1);
  });

  test("comes back after an outage", () => {
    const level = new AdaptiveLevel(4096);
    const server = new VirtualServer(level, 64);
    server.run(60);
    for (let time = 0; time < 20; time++) {
      server.now += 2000;
      level.onOverload(server.now);
    }
    expect(level.level).toBe(1);
    server.run(900);
    expect(level.level).toBeGreaterThan(40);
  });

  test("does not grow while its level is not used", () => {
    const level = new AdaptiveLevel(4096);
    new VirtualServer(level, 64).run(60, 3);
    expect(level.level).toBe(8);
  });

  test("never passes its bound", () => {
    const level = new AdaptiveLevel(20);
    new VirtualServer(level, 1000).run(60);
    expect(level.level).toBe(20);
    expect(new AdaptiveLevel(3).level).toBe(3);
  });
});
