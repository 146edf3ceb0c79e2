import { constants, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { SetupError } from "../errors.ts";
import { AppendFile } from "./append-file.ts";

const dir = mkdtempSync(join(tmpdir(), "append-"));
afterAll(() => rmSync(dir, { recursive: true }));

function readlink(fd: string): string {
  return readlinkSync(`/proc/self/fd/${fd}`);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.nat(30_000).map((length) => "€".repeat(length)),
);

describe("AppendFile", () => {
  test("holds what was added, in order, and knows its size at any time", () => {
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean(), fc.boolean())), (adds) => {
        const path = join(dir, String(run++));
        let file = new AppendFile(path);
        let expected = Buffer.alloc(0);
        for (const [added, asBytes, reopen] of adds) {
          const bytes = Buffer.from(added);
          if (asBytes) file.addBytes(bytes);
          else expect(file.addText(added)).toBe(bytes.length);
          expected = Buffer.concat([expected, bytes]);
          expect(file.size).toBe(expected.length);
          if (!reopen) continue;
          file.flush();
          expect(file.waiting).toBe(0);
          file.close();
          file = new AppendFile(path);
        }
        file.flush();
        file.close();
        expect(readFileSync(path).equals(expected)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test.runIf(existsSync("/proc/self/fdinfo"))("asks the system for a durable file only when told to", () => {
    const flagsOf = (durable: boolean): number => {
      const path = join(dir, `durable-${durable}`);
      const file = new AppendFile(path, durable);
      const fd = readdirSync("/proc/self/fd").find(
        (name) => existsSync(`/proc/self/fd/${name}`) && readlink(name) === path,
      );
      const flags = /flags:\t0*([0-7]+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? "";
      file.addText("kept");
      file.flush();
      file.close();
      expect(readFileSync(path, "utf8")).toBe("kept");
      return Number.parseInt(flags, 8) & constants.O_DSYNC;
    };
    expect(flagsOf(true)).toBe(constants.O_DSYNC);
    expect(flagsOf(false)).toBe(0);
  });

  test.runIf(existsSync("/dev/full"))("says that the disk is full, and keeps what waits", () => {
    const file = new AppendFile("/dev/full");
    file.addText("text");
    expect(() => file.flush()).toThrow(SetupError);
    expect(() => file.flush()).toThrow("cannot write /dev/full: ENOSPC");
    expect(file.waiting).toBe(4);
    file.close();
  });
});
