import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearFlights, FlightRecorder, flightNames, readFlight } from "./flight-record.ts";

let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "metamem-flight-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const id = "b".repeat(64);

describe("FlightRecorder", () => {
  test("says where a process is, only while it is inside", () => {
    const recorder = new FlightRecorder(place, "0.shard");
    expect(readFlight(place, "0.shard")).toBeNull();
    recorder.enter(id, 12, "Place \u{1fab5} stone");
    expect(readFlight(place, "0.shard")).toEqual({ id, step: 12, action: "Place \u{1fab5} stone" });
    recorder.leave();
    expect(readFlight(place, "0.shard")).toBeNull();
    recorder.enter(id, 0, null);
    expect(readFlight(place, "0.shard")).toEqual({ id, step: 0, action: null });
  });

  test("bounds what an action may be, and starts empty", () => {
    const recorder = new FlightRecorder(place, "0.shard");
    expect(readFlight(place, "0.shard")).toBeNull();
    recorder.enter(id, 1, "\u{1fab5}".repeat(5000));
    expect(readFlight(place, "0.shard")?.action?.length).toBeLessThanOrEqual(100);
  });

  test("is forgotten when told to", () => {
    expect(flightNames(place)).toEqual(["0.shard"]);
    clearFlights(place);
    expect(flightNames(place)).toEqual([]);
    expect(readFlight(place, "0.shard")).toBeNull();
  });
});
