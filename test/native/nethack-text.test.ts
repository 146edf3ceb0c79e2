/** The native tests of NetHack's texts, records and end reasons: hand-made screens and maps that no recording holds. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { inCheckout } from "../../packages/cli/bootstrap/checkout.ts";
import { ensureToolchain } from "../../packages/cli/bootstrap/toolchain.ts";

const build = inCheckout("native", "build", "tests");
const programs = join(build, "nethack", "text");
const game = ["libmetamem_nethack.so", "nhdat"].map((name) => inCheckout("native", "build", "Release", name));

async function run(...command: string[]): Promise<string> {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [output, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  const code = await child.exited;
  return code === 0
    ? output.trim()
    : `${command.join(" ")} ended with ${code}:\n${output.slice(-4000)}${errors.slice(-4000)}`;
}

beforeAll(async () => {
  await ensureToolchain();
  mkdirSync(build, { recursive: true });
  await run("cmake", "-S", inCheckout("native"), "-B", build, "-DCMAKE_BUILD_TYPE=Debug");
  const targets = ["--target", "nethack_text_test", "nethack_record_test"];
  expect(await run("cmake", "--build", build, "--parallel", "2", ...targets)).not.toContain("ended with");
}, 600_000);

test("texts of hand-made scenes", async () => {
  expect(await run(join(programs, "nethack_text_test"), ...game)).toBe("0 failures");
});

test("actions, statistics and end reasons", async () => {
  expect(await run(join(programs, "nethack_record_test"))).toBe("0 failures");
});
