import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { CrashLog } from "../rollout/crash-log.ts";
import { FlightRecorder } from "../rollout/flight-record.ts";
import type { PlannedEpisode } from "../rollout/plan.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import {
  type Attempt,
  attemptsOf,
  claimAttempt,
  claimed,
  fatalStep,
  flightOf,
  isOvertaken,
  isPublished,
  latestJournal,
  publish,
} from "./attempts.ts";
import { LeftTries } from "./left-tries.ts";

class BareRun extends RunFolder {
  constructor(path: string) {
    super(path);
    mkdirSync(join(path, "episodes"), { recursive: true });
  }
}

const root = realpathSync(mkdtempSync(join(tmpdir(), "attempts-")));
afterAll(() => rmSync(root, { recursive: true }));

const id = "ab".repeat(32);
let number = 0;
let run: RunFolder;
beforeEach(() => {
  run = new BareRun(join(root, String(number++)));
});

/** What a worker does with a try of its own. */
function begin(attempt: Attempt, events: string): void {
  writeFileSync(join(attempt.folder, "header.json"), "{}");
  appendFileSync(join(attempt.folder, "events.jsonl"), events);
}

/** The tries as the producer sees them. */
function tries(): LeftTries {
  const resolved = { spec: { family: { name: "glass" }, seed: 7 }, task: { id: "default" } };
  return new LeftTries(run, [{ id, resolved } as PlannedEpisode], new CrashLog(run.path));
}

function events(folder: string): string {
  return readFileSync(join(folder, "events.jsonl"), "utf8");
}

describe("tries at an episode", () => {
  test("each goes on from a copy of the one before; a writer that is late writes into its own", () => {
    const first = claimAttempt(run, id);
    expect(readdirSync(first.folder)).toEqual([]);
    begin(first, "1");
    const second = claimAttempt(run, id);
    appendFileSync(join(first.folder, "events.jsonl"), "late");
    begin(second, "2");
    expect(events(second.folder)).toBe("12");
    expect(latestJournal(run, id)).toBe(second.folder);
    expect([isOvertaken(run, id, first), isOvertaken(run, id, second)]).toEqual([true, false]);
  });

  test("one that died before its copy was whole is no source", () => {
    const first = claimAttempt(run, id);
    begin(first, "1");
    mkdirSync(join(attemptsOf(run, id), "2"));
    writeFileSync(join(attemptsOf(run, id), "2", "events.jsonl"), "");
    const third = claimAttempt(run, id);
    expect(third.number).toBe(3);
    expect(events(third.folder)).toBe("1");
  });

  test("locks, memory and results are not copied", () => {
    const first = claimAttempt(run, id);
    begin(first, "1");
    for (const name of ["lock", "result.json", "parts.pack"]) writeFileSync(join(first.folder, name), "{}");
    mkdirSync(join(first.folder, "memory"));
    const { folder } = claimAttempt(run, id);
    expect(readdirSync(folder).sort()).toEqual(["events.jsonl", "header.json", "parts.pack"]);
  });

  test("the first to publish is the episode; the other one changes nothing", () => {
    const [first, second] = [claimAttempt(run, id), claimAttempt(run, id)];
    begin(first, "first");
    begin(second, "second");
    expect(publish(run, id, second)).toBe(true);
    expect(publish(run, id, first)).toBe(false);
    expect(isPublished(run, id)).toBe(true);
    expect(events(run.episode(id))).toBe("second");
    expect(claimed(run, id)).toEqual([1]);
  });

  test("are kept until the episode has its result", () => {
    begin(claimAttempt(run, id), "1");
    tries().tidy();
    expect(claimed(run, id)).toEqual([1]);
    mkdirSync(join(run.path, "results"));
    writeFileSync(join(run.path, "results", `${id}.json`), "{}");
    tries().tidy();
    expect(existsSync(join(run.path, "attempts"))).toBe(false);
  });
});

function die(step: number, action: string | null, inside = true): Attempt {
  const attempt = claimAttempt(run, id);
  const { folder, name } = flightOf(attempt);
  const recorder = new FlightRecorder(folder, name);
  recorder.enter(id, step, action);
  if (!inside) recorder.leave();
  return attempt;
}

describe("a worker that died in a step", () => {
  function crashes(): unknown[] {
    const path = join(run.path, "crashes.jsonl");
    const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
    return lines.map((line) => (JSON.parse(line) as { readonly episode: unknown }).episode);
  }
  const where = (step: number, action: string) => ({ family: "glass", task: "default", seed: 7, id, step, action });

  test("is recorded once, when another one has followed", () => {
    die(3, "left");
    tries().follow(id);
    expect(crashes()).toEqual([]);
    die(4, "right", false);
    die(4, "up");
    for (const producer of [tries(), tries()]) producer.follow(id);
    expect(crashes()).toEqual([where(3, "left")]);
    expect(fatalStep(run, id, 1)).toMatchObject({ step: 4 });
    tries().clear(id);
    expect(crashes()).toEqual([where(3, "left"), where(4, "up")]);
    expect(claimed(run, id)).toEqual([]);
  });

  test("is told from one that may still live when another one's try became the trace", () => {
    die(3, "left");
    const published = die(4, "right");
    die(4, "right");
    begin(published, "1");
    expect(publish(run, id, published)).toBe(true);
    tries().clear(id);
    expect(crashes()).toEqual([where(3, "left")]);
  });
});

describe("a step that kills", () => {
  test("is one that the last tries all ended in", () => {
    die(3, "left");
    die(4, "right");
    die(4, "right");
    expect(fatalStep(run, id, 3)).toBeNull();
    die(4, "right");
    expect(fatalStep(run, id, 3)).toEqual({ id, step: 4, action: "right" });
  });

  test("is none when a try ended elsewhere in between, or outside of any step", () => {
    for (const action of ["a", "b", "a"]) die(1, action);
    expect(fatalStep(run, id, 3)).toBeNull();
    for (let time = 0; time < 3; time++) die(1, "a", false);
    expect(fatalStep(run, id, 3)).toBeNull();
  });
});
