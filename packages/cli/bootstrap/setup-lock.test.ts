import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withSetupLock } from "./setup-lock.ts";

const lockModule = join(import.meta.dirname, "setup-lock.ts");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a process that takes the lock, says so on stdout, and then runs `body`. */
function holder(body: string): Bun.Subprocess<"ignore", "pipe", "ignore"> {
  const code = `import { withSetupLock } from ${JSON.stringify(lockModule)};
    import { appendFileSync } from "node:fs";
    const journal = ${JSON.stringify(join(folder, "journal"))};
    await withSetupLock(${JSON.stringify(join(folder, "lock"))}, async () => { console.log("held"); ${body} });`;
  return Bun.spawn([process.execPath, "-e", code], { stdin: "ignore", stdout: "pipe", stderr: "ignore" });
}

async function untilHeld(child: Bun.Subprocess<"ignore", "pipe", "ignore">): Promise<void> {
  await child.stdout.getReader().read();
}

test("the work of two processes never overlaps", async () => {
  const body = `appendFileSync(journal, "("); await Bun.sleep(150); appendFileSync(journal, ")");`;
  const children = [holder(body), holder(body), holder(body)];
  await Promise.all(children.map((child) => child.exited));
  expect(readFileSync(join(folder, "journal"), "utf8")).toBe("()()()");
});

test("a killed holder does not keep the lock", async () => {
  const child = holder("await Bun.sleep(60_000);");
  await untilHeld(child);
  child.kill("SIGKILL");
  await child.exited;
  await withSetupLock(join(folder, "lock"), async () => appendFileSync(join(folder, "journal"), "taken"));
  expect(readFileSync(join(folder, "journal"), "utf8")).toBe("taken");
});

test("work that throws gives the lock back", async () => {
  const path = join(folder, "lock");
  const failing = withSetupLock(path, () => Promise.reject(new Error("build failed")));
  await expect(failing).rejects.toThrow("build failed");
  expect(await withSetupLock(path, () => Promise.resolve("again"))).toBe("again");
});
