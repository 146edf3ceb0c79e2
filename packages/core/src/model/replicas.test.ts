import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FailureKind, failureOf } from "./call-failure.ts";
import { Replicas, replicaOrder } from "./replicas.ts";

const urls = ["http://a/v1", "http://b/v1", "http://c/v1"];
const episodes = Array.from({ length: 300 }, (_, n) => `episode-${n}`);

function failing(kind: FailureKind) {
  return failureOf(kind, kind, "test");
}

describe("replicaOrder", () => {
  test("depends on the episode and the addresses, not on their order, and names each once", () => {
    fc.assert(
      fc.property(fc.string(), fc.shuffledSubarray(urls, { minLength: 3 }), (episode, shuffled) => {
        expect(replicaOrder(shuffled, episode)).toEqual(replicaOrder(urls, episode));
        expect([...replicaOrder(urls, episode)].sort()).toEqual(urls);
      }),
    );
  });

  test("spreads episodes evenly", () => {
    const counts = urls.map((url) => episodes.filter((episode) => replicaOrder(urls, episode)[0] === url).length);
    for (const count of counts) expect(count).toBeGreaterThan(70);
  });

  test("a lost replica moves its own episodes only", () => {
    const left = urls.slice(0, 2);
    for (const episode of episodes) {
      const [before] = replicaOrder(urls, episode);
      if (before !== urls[2]) expect(replicaOrder(left, episode)[0]).toBe(before);
    }
  });
});

describe("a call's route", () => {
  const [home = "", second = ""] = replicaOrder(urls, "e");

  test("stays with the episode's replica, also while it is busy", () => {
    const route = new Replicas(urls, () => 0).route("e");
    for (let n = 0; n < 3; n++) {
      expect(route.next()).toBe(home);
      route.report(home, failing("overloaded"));
    }
    expect(route.next()).toBe(home);
    route.report(home, failing("overloaded"));
    expect(route.next()).toBe(second);
  });

  test.each(["server", "timeout", "garbage", "unreachable", "stopped"] as const)("leaves it after %s", (kind) => {
    const route = new Replicas(urls, () => 0).route("e");
    route.report(route.next(), failing(kind));
    expect(route.next()).toBe(second);
  });

  test("one that went away is avoided by other calls for a while; one that broke on a request is not", () => {
    let now = 0;
    const replicas = new Replicas(urls, () => now);
    replicas.route("e").report(home, failing("server"));
    expect(replicas.route("e").next()).toBe(home);
    replicas.route("e").report(home, failing("unreachable"));
    expect(replicas.route("e").next()).toBe(second);
    now = 20_000;
    expect(replicas.route("e").next()).toBe(home);
  });

  test("an answer ends the rest", () => {
    const replicas = new Replicas(urls, () => 0);
    replicas.route("e").report(home, failing("unreachable"));
    replicas.route("e").report(home, null);
    expect(replicas.route("e").next()).toBe(home);
  });

  test("when all are away it goes round, so that the first to come back is found", () => {
    const route = new Replicas(urls, () => 0).route("e");
    const seen = Array.from({ length: 6 }, () => {
      const url = route.next();
      route.report(url, failing("unreachable"));
      return url;
    });
    expect(new Set(seen.slice(0, 3))).toEqual(new Set(urls));
    expect(new Set(seen.slice(3))).toEqual(new Set(urls));
  });

  test("a single replica is always the one", () => {
    const route = new Replicas(["http://only/v1"], () => 0).route("e");
    for (const kind of ["server", "unreachable", "overloaded"] as const) {
      expect(route.next()).toBe("http://only/v1");
      route.report("http://only/v1", failing(kind));
    }
    expect(route.next()).toBe("http://only/v1");
  });
});
