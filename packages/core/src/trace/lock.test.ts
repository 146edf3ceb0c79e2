import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SetupError, UsageError } from "../errors.ts";
import { lockFolder } from "./lock.ts";

describe("lockFolder", () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** A lock as it is written, with some facts changed. */
  function leave(changes: object): void {
    const release = lockFolder(dir);
    const own = JSON.parse(readFileSync(join(dir, "lock"), "utf8"));
    release();
    writeFileSync(join(dir, "lock"), JSON.stringify({ ...own, ...changes }));
  }

  test("lets one in, and the next after the release", () => {
    const release = lockFolder(dir);
    expect(() => lockFolder(dir)).toThrow(UsageError);
    expect(() => lockFolder(dir)).toThrow(`is being written by process ${process.pid}; wait for it or stop it`);
    release();
    expect(readdirSync(dir)).toEqual([]);
    lockFolder(dir)();
  });

  test("takes over from a process that is gone", () => {
    const gone = spawnSync("true").pid;
    leave({ pid: gone });
    const release = lockFolder(dir);
    expect(JSON.parse(readFileSync(join(dir, "lock"), "utf8")).pid).toBe(process.pid);
    expect(readdirSync(dir)).toEqual(["lock"]);
    release();
  });

  test.runIf(existsSync("/proc/self/stat"))("takes over when the process id belongs to a later process", () => {
    leave({ started: "another boot 123" });
    lockFolder(dir)();
  });

  test.runIf(existsSync("/proc/self/stat"))(
    "takes over from a killed process that its parent has not asked for",
    async () => {
      // The shell becomes a program that never waits for the shell's child, long before that child ends.
      const parent = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"]);
      try {
        const [printed] = (await once(parent.stdout, "data")) as [Buffer];
        const pid = Number(printed);
        while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await setTimeout(5);
        const started = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[21];
        const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
        leave({ pid, started: `${boot} ${started}` });
        lockFolder(dir)();
      } finally {
        parent.kill("SIGKILL");
      }
    },
  );

  test("does not judge processes of another host", () => {
    leave({ host: "elsewhere", pid: 1 });
    expect(() => lockFolder(dir)).toThrow(/process 1 on elsewhere; if it is gone, remove .*lock$/);
  });

  test("takes over a lock that says nothing", () => {
    for (const text of ["", "{", "null", "{}", '{"pid":"1"}']) {
      writeFileSync(join(dir, "lock"), text);
      lockFolder(dir)();
    }
  });

  test("says when the folder cannot be written", () => {
    writeFileSync(join(dir, "file"), "");
    expect(() => lockFolder(join(dir, "file"))).toThrow(SetupError);
  });
});
